"""Makes gradient.pt: a decoder that can be differentiated, as one TorchScript file that holds no weights.

usage: python gradient.py OUT.pt        (any PyTorch from 2.5 on; PyTorch 2.7.1 reads what newer ones write)

decoder.pt works in place and on weights into which much is folded: it keeps nothing to go back through, and a step along its gradients would not be
a step of training. Here the weights are the checkpoint's own. They come with each call as one list; one that a model lacks is an empty tensor:

  embedding [vocabulary, hidden], head [vocabulary, hidden], last norm [hidden], its bias [hidden], positions [length, hidden],
  frequencies [size / 2], then for every layer the tensors of Layer

Gradients are those of the mean loss of a row's last tokens. They are worked out a layer at a time, from what entered it: a second forward pass is paid,
and what is held is a layer's work and one hidden state a layer and token, whatever the depth. All in single precision.

The caller switches gradients on for its thread. Only copies made here ask for them, so that nothing else is recorded. Numbers come as tensors, since
DJL calls a method with gradients only on a list of tensors.
"""
import sys
from typing import Dict, List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor


class Shape(NamedTuple):
    heads: int
    kv: int  # heads of keys and values
    size: int  # of a head
    centred: bool  # LayerNorm, not RMSNorm
    activation: int  # 0 ReLU, 1 GELU, 2 GELU by tanh, 3 SiLU
    epsilon: float  # of the norms
    scale: float  # of the products of queries and keys


class Layer(NamedTuple):
    """A layer's weights in the order of the list; projections are [out, in]."""
    attention_norm: Tensor
    attention_norm_bias: Tensor
    query: Tensor
    query_bias: Tensor
    key: Tensor
    key_bias: Tensor
    value: Tensor
    value_bias: Tensor
    out: Tensor
    out_bias: Tensor
    feed_forward_norm: Tensor
    feed_forward_norm_bias: Tensor
    gate: Tensor  # what the activation reads
    gate_bias: Tensor
    up: Tensor  # what multiplies the activation
    up_bias: Tensor
    down: Tensor
    down_bias: Tensor


class Gradient(torch.nn.Module):
    """Losses, their gradients on the embeddings, and losses after a step along their gradients on the weights."""

    @torch.jit.export
    def losses(self, tokens: Tensor, kind: Tensor, numbers: Tensor, weights: List[Tensor]) -> Tensor:
        """tokens [B, T] -> losses [B, T - 1] of tokens 1 to T - 1."""
        return self.of_segments(tokens, weights, self.shaped(kind, numbers))

    def of_segments(self, tokens: Tensor, weights: List[Tensor], shape: Shape) -> Tensor:
        x = self.entered(tokens, weights)
        for number in range(self.depth(weights)):
            x = self.layer(x, self.of_layer(weights, number), weights[5], shape)
        x = x[:, :-1].flatten(0, 1)
        aims = tokens[:, 1:].flatten()
        parts: List[Tensor] = []
        for a in range(0, x.shape[0], 256):
            parts.append(self.loss(x[a:a + 256], aims[a:a + 256], weights[1:4], shape))
        return torch.cat(parts).view(tokens.shape[0], -1)

    @torch.jit.export
    def on_embeddings(self, tokens: Tensor, first: Tensor, kind: Tensor, numbers: Tensor, weights: List[Tensor]) -> List[Tensor]:
        """tokens [1, T] -> the gradient [T, hidden] of the mean loss of tokens first to T - 1 on what the embedding gives, and that loss."""
        gradient, _, loss = self.back(tokens, int(first), weights, self.shaped(kind, numbers), False)
        return [gradient[0], loss]

    @torch.jit.export
    def stepped(self, tokens: Tensor, first: Tensor, rate: Tensor, segments: Tensor, kind: Tensor, numbers: Tensor,
                weights: List[Tensor]) -> Tensor:
        """Losses [S, m - 1] of segments [S, m] by weights - rate * gradient of the mean loss of tokens first to T - 1 of tokens [1, T]."""
        shape = self.shaped(kind, numbers)
        embedded, gradients, _ = self.back(tokens, int(first), weights, shape, True)
        tied = weights[0] is weights[1]
        # What a token's embedding gets from each place where the token stands.
        table = gradients[1] if tied else torch.zeros_like(weights[0])
        table.index_add_(0, tokens[0], embedded[0])
        gradients[0] = table
        if weights[4].numel() > 0:
            gradients[4] = F.pad(embedded[0], [0, 0, 0, weights[4].shape[0] - tokens.shape[1]])
        after: List[Tensor] = []
        for i in range(len(weights)):
            after.append(weights[i].sub(gradients[i], alpha=float(rate)) if i in gradients and weights[i].numel() > 0 else weights[i])
            if i in gradients and not (tied and i == 0):
                gradients.pop(i)
        return self.of_segments(segments, after, shape)

    def back(self, tokens: Tensor, first: int, weights: List[Tensor], shape: Shape, of_weights: bool) -> Tuple[Tensor, Dict[int, Tensor], Tensor]:
        """The gradient on what the embedding gives [1, T, hidden], those on the weights by their places (the two ends' part not summed), the loss."""
        gradients: Dict[int, Tensor] = {}
        entered: List[Tensor] = []
        x = self.entered(tokens, weights)
        for number in range(self.depth(weights)):
            entered.append(x)
            x = self.layer(x, self.of_layer(weights, number), weights[5], shape)
        aims = tokens[0, first:]
        loss = torch.zeros([], device=x.device)
        down = torch.zeros_like(x)
        for a in range(0, aims.shape[0], 256):
            b = min(a + 256, aims.shape[0])
            h = x[0, first - 1 + a:first - 1 + b]
            h, ends = self.leaves(h, weights[1:4], of_weights)
            part = self.loss(h, aims[a:b], ends, shape).sum() / aims.shape[0]
            made = self.gradients(part, torch.ones_like(part), h, ends, of_weights)
            loss = loss + part.detach()
            down[0, first - 1 + a:first - 1 + b] = made[0]
            for i in range(1, len(made)):
                gradients[i] = made[i] if i not in gradients else gradients[i] + made[i]
        for back in range(self.depth(weights)):
            number = self.depth(weights) - 1 - back
            x, own = self.leaves(entered[number], self.of_layer(weights, number), of_weights)
            y = self.layer(x, own, weights[5], shape)
            made = self.gradients(y, down, x, own, of_weights)
            down = made[0]
            for i in range(1, len(made)):
                gradients[6 + 18 * number + i - 1] = made[i]
            entered.pop()
        return down, gradients, loss

    def leaves(self, x: Tensor, weights: List[Tensor], of_weights: bool) -> Tuple[Tensor, List[Tensor]]:
        """Copies that share memory and of which gradients are taken: the weights are others' too, and stay what they are."""
        if not of_weights:
            return x.detach().requires_grad_(True), weights
        return x.detach().requires_grad_(True), [w.detach().requires_grad_(True) for w in weights]

    def gradients(self, y: Tensor, down: Tensor, x: Tensor, weights: List[Tensor], of_weights: bool) -> List[Tensor]:
        """The gradients on x and, if wanted, on each of the weights; 0 of one that is not there."""
        on = [x] + weights if of_weights else [x]
        given: List[Optional[Tensor]] = [down]
        made: List[Tensor] = []
        for i, gradient in enumerate(torch.autograd.grad([y], on, given, allow_unused=True)):
            made.append(torch.zeros_like(on[i]) if gradient is None else gradient)
        return made

    def shaped(self, kind: Tensor, numbers: Tensor) -> Shape:
        """kind: the first five of Shape, numbers: the last two."""
        k: List[int] = kind.tolist()
        n: List[float] = numbers.tolist()
        return Shape(k[0], k[1], k[2], k[3] == 1, k[4], n[0], n[1])

    def depth(self, weights: List[Tensor]) -> int:
        return (len(weights) - 6) // 18

    def of_layer(self, weights: List[Tensor], number: int) -> List[Tensor]:
        return weights[6 + 18 * number:24 + 18 * number]

    def entered(self, tokens: Tensor, weights: List[Tensor]) -> Tensor:
        """What enters the first layer [B, T, hidden]."""
        x = F.embedding(tokens, weights[0])
        return x if weights[4].numel() == 0 else x + weights[4][:tokens.shape[1]]

    def layer(self, x: Tensor, own: List[Tensor], frequencies: Tensor, shape: Shape) -> Tensor:
        w = Layer(own[0], own[1], own[2], own[3], own[4], own[5], own[6], own[7], own[8], own[9], own[10], own[11], own[12], own[13], own[14],
                  own[15], own[16], own[17])
        h = self.normed(x, w.attention_norm, w.attention_norm_bias, shape)
        q = self.turned(self.linear(h, w.query, w.query_bias).unflatten(2, [shape.heads, shape.size]), frequencies)
        k = self.turned(self.linear(h, w.key, w.key_bias).unflatten(2, [shape.kv, shape.size]), frequencies)
        v = self.linear(h, w.value, w.value_bias).unflatten(2, [shape.kv, shape.size])
        group = shape.heads // shape.kv
        k = k.repeat_interleave(group, 2).transpose(1, 2)
        v = v.repeat_interleave(group, 2).transpose(1, 2)
        mixed = F.scaled_dot_product_attention(q.transpose(1, 2), k, v, is_causal=True, scale=shape.scale)
        x = x + self.linear(mixed.transpose(1, 2).flatten(2), w.out, w.out_bias)
        h = self.normed(x, w.feed_forward_norm, w.feed_forward_norm_bias, shape)
        inner = self.activated(self.linear(h, w.gate, w.gate_bias), shape.activation)
        if w.up.numel() > 0:
            inner = inner * self.linear(h, w.up, w.up_bias)
        return x + self.linear(inner, w.down, w.down_bias)

    def loss(self, x: Tensor, aims: Tensor, ends: List[Tensor], shape: Shape) -> Tensor:
        """-ln p of each of the aims [N] after x [N, hidden]; ends: head, last norm, its bias."""
        h = self.normed(x, ends[1], ends[2], shape)
        return F.cross_entropy(h.matmul(ends[0].t()), aims, reduction="none")

    def normed(self, x: Tensor, weight: Tensor, bias: Tensor, shape: Shape) -> Tensor:
        if weight.numel() == 0:
            return x
        if shape.centred:
            return F.layer_norm(x, [x.shape[-1]], weight, bias if bias.numel() > 0 else None, shape.epsilon)
        return x * (x.square().mean(-1, keepdim=True) + shape.epsilon).rsqrt() * weight

    def turned(self, x: Tensor, frequencies: Tensor) -> Tensor:
        """The rotary embedding of x [B, T, heads, size], whose halves turn together; x itself where there are no frequencies."""
        if frequencies.numel() == 0:
            return x
        angles = torch.outer(torch.arange(x.shape[1], device=x.device).to(frequencies.dtype), frequencies).unsqueeze(1)
        cos, sin = angles.cos(), angles.sin()
        a, b = x.chunk(2, -1)
        return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)

    def activated(self, x: Tensor, activation: int) -> Tensor:
        if activation == 0:
            return F.relu(x)
        if activation == 1:
            return F.gelu(x)
        if activation == 2:
            return F.gelu(x, approximate="tanh")
        return F.silu(x)

    def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        y = x.matmul(weight.t())
        return y if bias.numel() == 0 else y + bias


if __name__ == "__main__":
    torch.jit.save(torch.jit.script(Gradient().eval()), sys.argv[1])
