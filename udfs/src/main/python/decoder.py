"""Makes decoder.pt: a Llama-shaped decoder as one TorchScript file that holds no weights.

usage: python decoder.py OUT.pt        (any PyTorch from 2.5 on; PyTorch 2.7.1 reads what newer ones write)

The weights come with each call as one list, so that the file is the same for every model:

  embedding [vocabulary, hidden], head [vocabulary, hidden], norm [hidden], frequencies [head size / 2],
  then for every layer WEIGHTS_PER_LAYER tensors:
  qkv [(heads + 2 kv) * size, hidden], qkv bias, out [hidden, heads * size], out bias,
  gate [inner, hidden], gate bias, up [inner, hidden], up bias, down [hidden, inner], down bias

Matrices are in single precision, or in half; vectors are in single, and so are norms, sums and softmax whatever the matrices are.
An absent bias is an empty tensor. A layer's two norms have no tensor here: their weights are already multiplied into the columns of qkv, gate and up.
Inside a head, the rows of q and k stand in pairs (i, i + size / 2), so that the rotary embedding is one product of complex numbers; dot products
of q and k do not change under that order.

Shapes below: B rows of T tokens, N = B * T, S tokens of context and row together.
"""
import sys
from typing import List, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

torch.manual_seed(0)


class Decoder(torch.nn.Module):
    """Losses of rows of tokens, with or without an earlier context whose keys and values are at hand."""

    @torch.jit.export
    def read(self, tokens: Tensor, weights: List[Tensor], shape: List[int], epsilon: float, keep: bool) -> List[Tensor]:
        """tokens [B, T] -> losses [B, T - 1], then, if kept, keys and values [B, kv, T, size] of every layer."""
        nowhere = torch.empty(0, dtype=torch.long, device=tokens.device)
        hidden, cache = self.layers(tokens, [], nowhere, weights, shape, epsilon, keep)
        return self.predictions(hidden[:, :-1], tokens[:, 1:], weights, epsilon, False) + cache

    @torch.jit.export
    def predict(self, tokens: Tensor, weights: List[Tensor], shape: List[int], epsilon: float) -> List[Tensor]:
        """tokens [B, T] -> losses, entropies and whether the true token was the most probable one, 1 or 0: [B, T - 1] each."""
        nowhere = torch.empty(0, dtype=torch.long, device=tokens.device)
        hidden, _ = self.layers(tokens, [], nowhere, weights, shape, epsilon, False)
        return self.predictions(hidden[:, :-1], tokens[:, 1:], weights, epsilon, True)

    @torch.jit.export
    def follow(self, tokens: Tensor, context: List[Tensor], rows: Tensor, weights: List[Tensor], shape: List[int], epsilon: float) -> List[Tensor]:
        """tokens [B, T], each row after row rows[b] of the context -> losses [B, T - 1] of tokens 1 to T - 1."""
        hidden, _ = self.layers(tokens[:, :-1], context, rows, weights, shape, epsilon, False)
        return self.predictions(hidden, tokens[:, 1:], weights, epsilon, False)

    def layers(self, tokens: Tensor, context: List[Tensor], rows: Tensor, weights: List[Tensor], shape: List[int], epsilon: float,
               keep: bool) -> Tuple[Tensor, List[Tensor]]:
        heads, kv, size = shape[0], shape[1], shape[2]
        B, T = tokens.shape[0], tokens.shape[1]
        past = context[0].shape[2] if len(context) > 0 else 0
        x = F.embedding(tokens.reshape(-1), weights[0])
        turns = self.turns(past, T, weights[3])
        mask = self.mask(past, T, x)
        cache: List[Tensor] = []
        layer = 0
        for at in range(4, len(weights), 10):
            qkv = self.linear(self.normed(x, epsilon), weights[at], weights[at + 1])
            self.turn(qkv[:, :(heads + kv) * size].unflatten(1, [heads + kv, size]).unflatten(0, [B, T]), turns)
            parts = qkv.view(B, T, heads + 2 * kv, size).transpose(1, 2)
            q, k, v = parts[:, :heads], parts[:, heads:heads + kv], parts[:, heads + kv:]
            if keep:
                cache.append(k.contiguous())
                cache.append(v.contiguous())
            if past > 0:
                k = torch.cat([context[2 * layer].index_select(0, rows), k], 2)
                v = torch.cat([context[2 * layer + 1].index_select(0, rows), v], 2)
            self.add(x, self.attend(q, k, v, mask), weights[at + 2], weights[at + 3])
            self.feed_forward(x, weights, at + 4, epsilon)
            layer += 1
        return x.view(B, T, -1), cache

    def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
        """q [B, heads, T, size], k and v [B, kv, S, size] -> [B * T, heads * size]; causal where there is no mask."""
        # One call for each of the heads that share keys: PyTorch 2.7's own grouping leaves its fast path on the processor.
        group = q.shape[1] // k.shape[1]
        mixed: List[Tensor] = []
        for g in range(group):
            one = F.scaled_dot_product_attention(q[:, g::group], k, v, attn_mask=mask, is_causal=mask is None)
            mixed.append(one.transpose(1, 2))
        return torch.stack(mixed, 3).view(q.shape[0] * q.shape[2], -1)

    def feed_forward(self, x: Tensor, weights: List[Tensor], at: int, epsilon: float) -> None:
        # By blocks of rows: what lies between the products stays in the processor's cache.
        for a in range(0, x.shape[0], 1024):
            block = x[a:a + 1024]
            h = self.normed(block, epsilon)
            gate = F.silu(self.linear(h, weights[at], weights[at + 1]), inplace=True)
            gate.mul_(self.linear(h, weights[at + 2], weights[at + 3]))
            self.add(block, gate, weights[at + 4], weights[at + 5])

    def predictions(self, hidden: Tensor, targets: Tensor, weights: List[Tensor], epsilon: float, whole: bool) -> List[Tensor]:
        """What the model says of the targets: -ln p; if whole, also the entropy and whether the target is the most probable token.

        Sums over the vocabulary run by blocks of rows and tokens with a running maximum, so the logits are never whole:
        e^(logit - top) sums to total, and times logit - top to weighted; a new maximum shrinks both. All in single precision.
        """
        head = weights[1]
        x = hidden.flatten(0, 1)
        y = targets.reshape(-1)
        rows = min(1024, x.shape[0])
        buffer = torch.empty([rows * 1024], dtype=x.dtype, device=x.device)
        losses: List[Tensor] = []
        entropies: List[Tensor] = []
        firsts: List[Tensor] = []
        for a in range(0, x.shape[0], rows):
            h = self.normed(x[a:a + rows], epsilon).mul_(weights[2])
            aims = y[a:a + rows]
            # Not -inf: 0 times the first step to a maximum must be 0.
            top = torch.full([h.shape[0], 1], -1e38, device=x.device)
            total = torch.zeros_like(top)
            weighted = torch.zeros_like(top)
            best = torch.zeros_like(aims)
            for v in range(0, head.shape[0], 1024):
                part = head[v:v + 1024]
                logits = buffer[:h.shape[0] * part.shape[0]].view(h.shape[0], part.shape[0])
                torch.mm(h, part.t(), out=logits)
                logits = logits.float()
                if whole:
                    # Of equal ones max gives the first.
                    most, where = logits.max(1, keepdim=True)
                    best = torch.where(most > top, where + v, best.unsqueeze(1)).squeeze(1)
                    higher = torch.maximum(top, most)
                    step = top - higher
                    shrink = step.exp()
                    logits.sub_(higher)
                    e = logits.exp()
                    weighted.add_(total * step).mul_(shrink).add_(logits.mul_(e).sum(1, keepdim=True))
                    total.mul_(shrink).add_(e.sum(1, keepdim=True))
                else:
                    higher = torch.maximum(top, logits.amax(1, keepdim=True))
                    total.mul_(torch.exp(top - higher)).add_(logits.sub_(higher).exp_().sum(1, keepdim=True))
                top = higher
            # Rounded as the logits were, so that no loss falls below 0 in half precision.
            aim = (h.float() * F.embedding(aims, head).float()).sum(1).to(h.dtype).float()
            losses.append((top + total.log()).squeeze(1) - aim)
            if whole:
                entropies.append((total.log() - weighted / total).squeeze(1))
                firsts.append((best == aims).float())
        out = [torch.cat(losses).view(targets.shape)]
        if whole:
            out.append(torch.cat(entropies).view(targets.shape))
            out.append(torch.cat(firsts).view(targets.shape))
        return out

    def turn(self, x: Tensor, turns: Tensor) -> None:
        """Turns x [B, T, heads, size] in place. Complex numbers are pairs in single precision, which x may be not."""
        turned = torch.view_as_complex(x.float().unflatten(3, [x.shape[3] // 2, 2])).mul_(turns)
        if x.dtype != torch.float:
            x.copy_(torch.view_as_real(turned).flatten(3))

    def turns(self, start: int, length: int, frequencies: Tensor) -> Tensor:
        """The rotary embedding of positions start.. as complex numbers [length, 1, size / 2], angles in single precision."""
        positions = torch.arange(start, start + length, device=frequencies.device).to(frequencies.dtype)
        angles = torch.outer(positions, frequencies)
        return torch.complex(angles.cos(), angles.sin()).unsqueeze(1)

    def mask(self, past: int, length: int, like: Tensor) -> Optional[Tensor]:
        """What to add to attention weights [length, past + length]: is_causal would align the triangle to the top left."""
        if past == 0:
            return None
        return torch.full([length, past + length], float("-inf"), dtype=like.dtype, device=like.device).triu(past + 1)

    def normed(self, x: Tensor, epsilon: float) -> Tensor:
        """x over its root mean square along the last axis."""
        norm = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=torch.float)
        return (x * norm.square().div_(x.shape[-1]).add_(epsilon).rsqrt_()).to(x.dtype)

    def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        y = x.matmul(weight.t())
        return y if bias.numel() == 0 else y.add_(bias)

    def add(self, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor) -> None:
        """x += y weight' + bias, in place."""
        x.addmm_(y, weight.t())
        if bias.numel() > 0:
            x.add_(bias)


if __name__ == "__main__":
    torch.jit.save(torch.jit.script(Decoder().eval()), sys.argv[1])
