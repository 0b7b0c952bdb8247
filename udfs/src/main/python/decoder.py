"""Makes decoder.pt: a decoder of any family as one TorchScript file that holds no weights.

usage: python decoder.py OUT.pt        (any PyTorch from 2.5 on; PyTorch 2.7.1 reads what newer ones write)

The weights come with each call as one list, so that the file is the same for every model. A weight that a model lacks is an empty tensor:

  embedding [vocabulary, hidden], head [vocabulary, width], norm [hidden], frequencies [kinds, size / 2], norm bias [hidden],
  projection [width, hidden], positions [length, hidden], then for every layer the tensors of Layer

The projection makes a hidden state as wide as the head where those differ. Frequencies are those of the rotary embedding, a row for each kind
of layer, and positions are learned ones. Two lists of numbers say the rest: Shape.

Much is folded into the weights before they come here, so that one arithmetic serves all: norms that stand before a projection are multiplied into
its columns (and their biases into its bias), and the scales of embeddings and queries into their tensors. Inside a head, the rows of q and k
stand in pairs that the rotary embedding turns, so that it is one product of complex numbers; dot products of q and k do not change under that order.
Where an embedding turns only a part of a head, the frequencies of the rest are 0.

Matrices are in single precision, or in half; vectors and frequencies are in single, and so are norms, sums and softmax whatever the matrices are.

Attention weights are read in single precision too, from products of q and k in single precision, with the windows and caps of the model:
what is read is what the model mixes its values by, up to rounding.

Shapes below: B rows of T tokens, N = B * T, S tokens of context and row together.
"""
import sys
from typing import List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

torch.manual_seed(0)


class Shape(NamedTuple):
    """What tells models apart besides their weights."""
    heads: int
    kv: int
    size: int  # of a head
    centred: bool  # norms are LayerNorm, else RMSNorm
    behind: bool  # norms stand behind the sums of the residual stream, else before the projections
    parallel: bool  # attention and feed-forward read the same residual stream
    activation: int  # 0 ReLU, 1 GELU, 2 GELU by tanh, 3 SiLU
    windows: List[int]  # of each layer: how many tokens it sees, the newest included; 0 for all
    rotary: List[int]  # of each layer: the row of its frequencies; -1 for none
    epsilon: float  # of the norms
    attention_cap: float  # what no attention weight exceeds before the softmax; 0 for none
    logit_cap: float  # what no logit exceeds; 0 for none


class Layer(NamedTuple):
    """A layer's weights in the order of the list. The norms are those behind a block; ones before it are in the block's weights."""
    qkv: Tensor  # [(heads + 2 kv) * size, hidden]
    qkv_bias: Tensor
    qk_norm: Tensor  # [(heads + kv) * size]
    out: Tensor  # [hidden, heads * size]
    out_bias: Tensor
    attention_norm: Tensor  # [hidden]
    attention_norm_bias: Tensor
    gate: Tensor  # [inner, hidden]: what the activation reads
    gate_bias: Tensor
    up: Tensor  # [inner, hidden]: what multiplies the activation
    up_bias: Tensor
    down: Tensor  # [hidden, inner]
    down_bias: Tensor
    feed_forward_norm: Tensor  # [hidden]
    feed_forward_norm_bias: Tensor


class Views(NamedTuple):
    """What is kept of the attention weights of one row. Queries and keys are counted from the first token of the window.

    A reading is [kind, size, rows, columns, heads...] and has sums [rows, columns] over queries and those heads of a layer, by its kind:
      0  weights on spans of so many keys, the first so many columns; a row for each stretch of queries
      1  as 0, but renormalised over the keys before the span of so many tokens that the query stands in: 0 where it sees none of them
      2  weights by distance: of the first so many keys, of the query itself, then of other keys at distances that double
      3  weights at so many tokens' distance or more: for each head their sum and the sum of their squares
      4  not sums, but the keys that get the most, so many of them and -1 where a query sees fewer, for each of all heads and queries one after
         another; in place of a row stands the first query
    A stretch is [layer, first, end, reading, row, reading, row, ...]: what queries first to end - 1 of a layer give is added to these rows.
    """
    skip: int  # tokens of the row before the window: seen as all keys are, but in no sum, save that they count as first keys in kind 2
    readings: List[List[int]]
    stretches: List[List[int]]
    chosen: List[Tensor]  # of each reading: 1 for its heads, else 0, [heads]
    sums: List[Tensor]  # of each reading, in double precision
    last: int  # the layer whose queries and keys end the pass; -1 for none


class Decoder(torch.nn.Module):
    """Losses of rows of tokens, with or without an earlier context whose keys and values are at hand."""

    @torch.jit.export
    def read(self, tokens: Tensor, weights: List[Tensor], kind: List[int], numbers: List[float], keep: bool) -> List[Tensor]:
        """tokens [B, T] -> losses [B, T - 1], then, if kept, keys and values [B, kv, T, size] of every layer."""
        shape = self.shaped(kind, numbers)
        nowhere = torch.empty(0, dtype=torch.long, device=tokens.device)
        hidden, cache = self.layers(tokens, [], nowhere, weights, shape, keep, self.no_views())
        return self.predictions(hidden[:, :-1], tokens[:, 1:], weights, shape, False) + cache

    @torch.jit.export
    def predict(self, tokens: Tensor, weights: List[Tensor], kind: List[int], numbers: List[float]) -> List[Tensor]:
        """tokens [B, T] -> losses, entropies and whether the true token was the most probable one, 1 or 0: [B, T - 1] each."""
        shape = self.shaped(kind, numbers)
        nowhere = torch.empty(0, dtype=torch.long, device=tokens.device)
        hidden, _ = self.layers(tokens, [], nowhere, weights, shape, False, self.no_views())
        return self.predictions(hidden[:, :-1], tokens[:, 1:], weights, shape, True)

    @torch.jit.export
    def follow(self, tokens: Tensor, context: List[Tensor], rows: Tensor, weights: List[Tensor], kind: List[int], numbers: List[float]) -> List[Tensor]:
        """tokens [B, T], each row after row rows[b] of the context -> losses [B, T - 1] of tokens 1 to T - 1."""
        shape = self.shaped(kind, numbers)
        hidden, _ = self.layers(tokens[:, :-1], context, rows, weights, shape, False, self.no_views())
        return self.predictions(hidden, tokens[:, 1:], weights, shape, False)

    @torch.jit.export
    def attention(self, tokens: Tensor, weights: List[Tensor], kind: List[int], numbers: List[float], skip: int, readings: List[List[int]],
                  stretches: List[List[int]], say: int) -> List[Tensor]:
        """tokens [1, T] -> the sums of each reading of Views, then what read (say 1) or predict (2) gives.

        With say 0 the pass ends at the last layer of the stretches.
        """
        shape = self.shaped(kind, numbers)
        views = self.views(skip, readings, stretches, shape, say == 0, tokens)
        nowhere = torch.empty(0, dtype=torch.long, device=tokens.device)
        hidden, _ = self.layers(tokens, [], nowhere, weights, shape, False, views)
        if say == 0:
            return views.sums
        return views.sums + self.predictions(hidden[:, :-1], tokens[:, 1:], weights, shape, say == 2)

    @torch.jit.export
    def first_attention(self, tokens: Tensor, embedding: Tensor, others: List[Tensor], kind: List[int], numbers: List[float], skip: int,
                        readings: List[List[int]], stretches: List[List[int]]) -> List[Tensor]:
        """attention with say 0 of the first layer alone. By blocks of tokens: hidden states are never whole.

        The embedding may have rows for the tokens at hand alone; the other weights have none in its place, and none behind the first layer's q and k.
        """
        shape = self.shaped(kind, numbers)
        weights = [embedding] + others[1:]
        views = self.views(skip, readings, stretches, shape, True, tokens)
        layer = self.layer(weights, 0)
        blocks: List[Tensor] = []
        for a in range(0, tokens.shape[1], 1024):
            block = tokens[:, a:a + 1024]
            qkv = self.turned(self.embedded(block, a, weights), layer, 0, self.rotations(a, block.shape[1], weights), block, shape)
            blocks.append(qkv[0, :, :shape.heads + shape.kv].clone())
        qk = torch.cat(blocks).transpose(0, 1)
        self.watch(qk[:shape.heads], qk[shape.heads:], 0, shape, views)
        return views.sums

    def shaped(self, kind: List[int], numbers: List[float]) -> Shape:
        """kind: the first seven of Shape, then all windows, then all rotary rows; numbers: the last three."""
        layers = (len(kind) - 7) // 2
        return Shape(kind[0], kind[1], kind[2], kind[3] == 1, kind[4] == 1, kind[5] == 1, kind[6], kind[7:7 + layers], kind[7 + layers:],
                     numbers[0], numbers[1], numbers[2])

    def layer(self, w: List[Tensor], number: int) -> Layer:
        a = 7 + 15 * number
        return Layer(w[a], w[a + 1], w[a + 2], w[a + 3], w[a + 4], w[a + 5], w[a + 6], w[a + 7], w[a + 8], w[a + 9], w[a + 10], w[a + 11],
                     w[a + 12], w[a + 13], w[a + 14])

    def no_views(self) -> Views:
        none: List[List[int]] = []
        empty: List[Tensor] = []
        return Views(0, none, none, empty, empty, -1)

    def views(self, skip: int, readings: List[List[int]], stretches: List[List[int]], shape: Shape, ends: bool, like: Tensor) -> Views:
        chosen: List[Tensor] = []
        sums: List[Tensor] = []
        for reading in readings:
            heads = torch.zeros([shape.heads], device=like.device)
            heads[torch.tensor(reading[4:], dtype=torch.long, device=like.device)] = 1
            chosen.append(heads)
            sums.append(torch.zeros([reading[2], reading[3]], dtype=torch.double, device=like.device))
        last = -1
        for stretch in stretches:
            last = max(last, stretch[0]) if ends else last
        return Views(skip, readings, stretches, chosen, sums, last)

    def layers(self, tokens: Tensor, context: List[Tensor], rows: Tensor, weights: List[Tensor], shape: Shape, keep: bool,
               views: Views) -> Tuple[Tensor, List[Tensor]]:
        heads, kv = shape.heads, shape.kv
        B, T = tokens.shape[0], tokens.shape[1]
        past = context[0].shape[2] if len(context) > 0 else 0
        x = self.embedded(tokens, past, weights)
        turns = self.rotations(past, T, weights)
        cache: List[Tensor] = []
        for number in range(len(shape.windows)):
            layer = self.layer(weights, number)
            qkv = self.turned(x, layer, number, turns, tokens, shape)
            parts = qkv.transpose(1, 2)
            q, k, v = parts[:, :heads], parts[:, heads:heads + kv], parts[:, heads + kv:]
            if len(views.stretches) > 0:
                self.watch(q[0], k[0], number, shape, views)
            if number == views.last:
                break
            if keep:
                cache.append(k.contiguous())
                cache.append(v.contiguous())
            if past > 0:
                k = torch.cat([context[2 * number].index_select(0, rows), k], 2)
                v = torch.cat([context[2 * number + 1].index_select(0, rows), v], 2)
            mixed = self.attend(q, k, v, shape.windows[number], shape.attention_cap)
            if shape.parallel:
                self.feed_forward(x, layer, shape)
            self.add(x, mixed, layer.out, layer.out_bias, layer.attention_norm, layer.attention_norm_bias, shape)
            if not shape.parallel:
                self.feed_forward(x, layer, shape)
        return x.view(B, T, -1), cache

    def embedded(self, tokens: Tensor, past: int, weights: List[Tensor]) -> Tensor:
        """tokens [B, T] that stand at positions past.. -> [N, hidden]"""
        x = F.embedding(tokens.reshape(-1), weights[0])
        if weights[6].numel() > 0:
            x.view(tokens.shape[0], tokens.shape[1], -1).add_(weights[6][past:past + tokens.shape[1]])
        return x

    def rotations(self, start: int, length: int, weights: List[Tensor]) -> List[Tensor]:
        """The turns of each kind of layer."""
        turns: List[Tensor] = []
        for frequencies in weights[3].unbind(0):
            turns.append(self.turns(start, length, frequencies))
        return turns

    def turned(self, x: Tensor, layer: Layer, number: int, turns: List[Tensor], tokens: Tensor, shape: Shape) -> Tensor:
        """x [N, hidden] -> queries, keys and values [B, T, heads + 2 kv, size] after norms and rotary embedding."""
        turning = shape.heads + shape.kv
        qkv = self.linear(self.before(x, shape), layer.qkv, layer.qkv_bias).view(tokens.shape[0], tokens.shape[1], -1, shape.size)
        qk = qkv[:, :, :turning]
        if layer.qk_norm.numel() > 0:
            qk.copy_(self.normed(qk, shape) * layer.qk_norm.view(turning, shape.size))
        if shape.rotary[number] >= 0:
            self.turn(qk, turns[shape.rotary[number]])
        return qkv

    def watch(self, q: Tensor, k: Tensor, number: int, shape: Shape, views: Views) -> None:
        """Adds to the sums of the views what a layer gives with q [heads, T, size] and k [kv, T, size].

        By strips of queries that share a key head, 2^21 weights at a time: the same eight megabytes whatever T is.
        """
        group = shape.heads // shape.kv
        window = shape.windows[number]
        k = k.float().contiguous()
        for stretch in views.stretches:
            if stretch[0] != number:
                continue
            first, end = stretch[1] + views.skip, stretch[2] + views.skip
            rows = max(1, 2097152 // (group * end))
            for g in range(shape.kv):
                if not self.watched(stretch, g, group, views):
                    continue
                for a in range(first, end, rows):
                    b = min(a + rows, end)
                    low = max(0, a + 1 - window) if window > 0 else 0
                    scores = self.scores(q[g * group:(g + 1) * group, a:b], k[g, low:b], a - low, window, shape.attention_cap)
                    self.keep(scores, a - views.skip, low - views.skip, g * group, stretch, views)

    def watched(self, stretch: List[int], g: int, group: int, views: Views) -> bool:
        """Whether any reading of a stretch has a head among those of a key head."""
        for i in range(3, len(stretch), 2):
            for head in views.readings[stretch[i]][4:]:
                if head // group == g:
                    return True
        return False

    def scores(self, q: Tensor, k: Tensor, before: int, window: int, cap: float) -> Tensor:
        """q [heads, R, size], k [S, size] -> what the softmax reads [heads, R, S]; the first query has so many keys before its own."""
        R, S = q.shape[1], k.shape[0]
        # One product of matrices: queries that share a key head are rows of one.
        x = self.capped((q.float() * q.shape[2] ** -0.5).reshape(-1, q.shape[2]).mm(k.t()), cap).view(q.shape[0], R, S)
        square = torch.ones([R, R], dtype=torch.bool, device=x.device)
        x[:, :, S - R:].masked_fill_(square.triu(1), float("-inf"))
        if window > 0:
            x[:, :, :R].masked_fill_(square.tril(before - window), float("-inf"))
        return x

    def keep(self, scores: Tensor, a: int, low: int, head: int, stretch: List[int], views: Views) -> None:
        """scores [heads, R, S]: the first query is a, the first key low, below 0 before the window, the first head head."""
        causal: Optional[Tensor] = None
        for i in range(3, len(stretch), 2):
            reading, sums = views.readings[stretch[i]], views.sums[stretch[i]]
            chosen = views.chosen[stretch[i]][head:head + scores.shape[0]]
            kind, size, row = reading[0], reading[1], stretch[i + 1]
            if kind == 1:
                begin = max(0, low)
                w = self.earlier(scores[:, :, begin - low:max(begin, stretch[1] // size * size) - low])
                sums[row].add_(self.by_span(w, chosen, begin, size, reading[3]))
                continue
            if kind == 4:
                self.top(scores, a - row, low, head, sums.view(len(reading) - 4, -1, size))
                continue
            w = causal if causal is not None else scores.softmax(-1)
            causal = w
            if kind == 0:
                sums[row].add_(self.by_span(w, chosen, low, size, reading[3]))
            elif kind == 2:
                sums[row].add_(self.by_distance(w, chosen, a, low, size, reading[3]))
            else:
                sums[head:head + w.shape[0]].add_(self.beyond(w, a, low, size))

    def earlier(self, scores: Tensor) -> Tensor:
        """Weights over these keys alone; a query that does not see the last of them sees none.

        A softmax anew: in single precision the later keys may have left nothing at all to these.
        """
        w = scores.softmax(-1)
        hidden = scores[:, :, -1:].isneginf()
        return w.masked_fill_(hidden, 0) if bool(hidden.any()) else w

    def by_span(self, w: Tensor, chosen: Tensor, low: int, size: int, columns: int) -> Tensor:
        """w [heads, R, S] of keys low.. -> sums [columns] over spans of size keys."""
        keys = chosen.unsqueeze(1).expand(w.shape[0], w.shape[1]).reshape(-1).matmul(w.flatten(0, 1))
        whole = torch.zeros([columns * size], dtype=torch.double, device=w.device)
        begin, end = max(0, low), min(columns * size, low + keys.shape[0])
        if end > begin:
            whole[begin:end] = keys[begin - low:end - low].double()
        return whole.view(columns, size).sum(1)

    def by_distance(self, w: Tensor, chosen: Tensor, a: int, low: int, sink: int, buckets: int) -> Tensor:
        """w [heads, R, S] of queries a.. and keys low.. -> sums [buckets]; what stands before the window belongs to the sink."""
        parts = [self.total(w[:, :, :max(0, sink - low)])]
        near, far = 0, 1
        for _ in range(1, buckets):
            # Keys at a distance from near to far - 1: a band along the diagonal.
            first, end = max(low, sink, a - far + 1), a + w.shape[1] - near
            band = w[:, :, first - low:max(first, end) - low]
            parts.append(self.total(band.tril(a - near - first).triu_(a - far + 1 - first)))
            near, far = far, 2 * far
        return torch.stack(parts).matmul(chosen.double())

    def beyond(self, w: Tensor, a: int, low: int, distance: int) -> Tensor:
        """w [heads, R, S] of queries a.. and keys low.. -> [heads, 2]: sums of weights and of their squares at this distance or more."""
        first, end = max(0, low), a + w.shape[1] - distance
        far = w[:, :, first - low:max(first, end) - low].tril(a - distance - first)
        return torch.stack([self.total(far), self.total(far.square_())], 1)

    def top(self, scores: Tensor, query: int, low: int, head: int, keys: Tensor) -> None:
        """scores [heads, R, S] of keys low.. -> the highest ones' keys, from a head and a query on, into [all heads, all queries, keys]."""
        begin = max(0, low)
        best, where = scores[:, :, begin - low:].topk(min(keys.shape[2], scores.shape[2] - begin + low), -1)
        rows = keys[head:head + scores.shape[0], query:query + scores.shape[1]]
        rows.fill_(-1)
        rows[:, :, :where.shape[2]] = (where + begin).masked_fill(best.isneginf(), -1).double()

    def total(self, w: Tensor) -> Tensor:
        """[heads, R, S] -> [heads]: rows in single precision, which PyTorch sums up pairwise, and their sums in double."""
        return w.sum(2).double().sum(1)

    def attend(self, q: Tensor, k: Tensor, v: Tensor, window: int, cap: float) -> Tensor:
        """q [B, heads, T, size], k and v [B, kv, S, size] -> [B * T, heads * size]; the last q stands at the last k."""
        T, S = q.shape[2], k.shape[2]
        if T == S and cap == 0 and (window == 0 or window >= S):
            return self.mix(q, k, v, None, cap).flatten(0, 1)
        # By strips of queries, each with the keys that it sees: no mask or weights of all pairs, and no work outside a window.
        strips: List[Tensor] = []
        for a in range(0, T, 256):
            b = min(a + 256, T)
            first = max(0, S - T + a + 1 - window) if window > 0 else 0
            last = S - T + b
            strips.append(self.mix(q[:, :, a:b], k[:, :, first:last], v[:, :, first:last], self.mask(b - a, last - first, window, q), cap))
        return torch.cat(strips, 1).flatten(0, 1)

    def mix(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor], cap: float) -> Tensor:
        """Values by the weights of attention: [B, T, heads * size]; causal where there is no mask."""
        # One call for each of the heads that share keys: PyTorch 2.7's own grouping leaves its fast path on the processor.
        group = q.shape[1] // k.shape[1]
        mixed: List[Tensor] = []
        for g in range(group):
            if mask is not None and cap > 0:
                # Scaled before the product, which half precision may not hold.
                scores = (q[:, g::group] * (q.shape[3] ** -0.5 / cap)).matmul(k.transpose(2, 3)).float().tanh_()
                one = torch.add(mask, scores, alpha=cap).softmax(-1).to(v.dtype).matmul(v)
            else:
                one = F.scaled_dot_product_attention(q[:, g::group], k, v, attn_mask=mask, is_causal=mask is None)
            mixed.append(one.transpose(1, 2))
        return torch.stack(mixed, 3).view(q.shape[0], q.shape[2], -1)

    def feed_forward(self, x: Tensor, layer: Layer, shape: Shape) -> None:
        # By blocks of rows: what lies between the products stays in the processor's cache.
        for a in range(0, x.shape[0], 1024):
            block = x[a:a + 1024]
            h = self.before(block, shape)
            inner = self.activated(self.linear(h, layer.gate, layer.gate_bias), shape.activation)
            if layer.up.numel() > 0:
                inner.mul_(self.linear(h, layer.up, layer.up_bias))
            self.add(block, inner, layer.down, layer.down_bias, layer.feed_forward_norm, layer.feed_forward_norm_bias, shape)

    def activated(self, x: Tensor, activation: int) -> Tensor:
        if activation == 0:
            return F.relu(x, inplace=True)
        if activation == 1:
            return F.gelu(x)
        if activation == 2:
            return F.gelu(x, approximate="tanh")
        return F.silu(x, inplace=True)

    def predictions(self, hidden: Tensor, targets: Tensor, weights: List[Tensor], shape: Shape, whole: bool) -> List[Tensor]:
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
            h = self.last(x[a:a + rows], weights, shape)
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
                logits = self.capped(logits.float(), shape.logit_cap)
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
            aim = self.capped((h.float() * F.embedding(aims, head).float()).sum(1).to(h.dtype).float(), shape.logit_cap)
            losses.append((top + total.log()).squeeze(1) - aim)
            if whole:
                entropies.append((total.log() - weighted / total).squeeze(1))
                firsts.append((best == aims).float())
        out = [torch.cat(losses).view(targets.shape)]
        if whole:
            out.append(torch.cat(entropies).view(targets.shape))
            out.append(torch.cat(firsts).view(targets.shape))
        return out

    def last(self, hidden: Tensor, weights: List[Tensor], shape: Shape) -> Tensor:
        """What the head reads: hidden states after the last norm and projection, where a model has them."""
        x = hidden
        if weights[2].numel() > 0:
            x = self.normed(x, shape).mul_(weights[2])
        if weights[4].numel() > 0:
            x = x.add_(weights[4])
        return x if weights[5].numel() == 0 else x.matmul(weights[5].t())

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

    def mask(self, queries: int, keys: int, window: int, like: Tensor) -> Tensor:
        """What to add to attention weights [queries, keys], the last of both at one position: is_causal would align the triangle to the top left."""
        seen = torch.ones([queries, keys], dtype=torch.bool, device=like.device).tril(keys - queries)
        if window > 0:
            seen = seen.triu(keys - queries - window + 1)
        return torch.zeros([queries, keys], dtype=like.dtype, device=like.device).masked_fill_(seen.logical_not(), float("-inf"))

    def capped(self, x: Tensor, cap: float) -> Tensor:
        """cap * tanh(x / cap), in place."""
        return x if cap == 0 else x.div_(cap).tanh_().mul_(cap)

    def before(self, x: Tensor, shape: Shape) -> Tensor:
        """What a block reads of the residual stream."""
        return x if shape.behind else self.normed(x, shape)

    def normed(self, x: Tensor, shape: Shape) -> Tensor:
        """x over its root mean square along the last axis, or over its standard deviation around its mean."""
        if shape.centred:
            return F.layer_norm(x, [x.shape[-1]], None, None, shape.epsilon)
        norm = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=torch.float)
        return (x * norm.square().div_(x.shape[-1]).add_(shape.epsilon).rsqrt_()).to(x.dtype)

    def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        y = x.matmul(weight.t())
        return y if bias.numel() == 0 else y.add_(bias)

    def add(self, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor, norm: Tensor, norm_bias: Tensor, shape: Shape) -> None:
        """Adds a block's result to the residual stream, in place: x += y weight' + bias, the sum normed, or the block's result, or neither."""
        if norm.numel() > 0 and not shape.behind:
            x.addcmul_(self.normed(self.linear(y, weight, bias), shape), norm)
            return
        x.addmm_(y, weight.t())
        if bias.numel() > 0:
            x.add_(bias)
        if shape.behind:
            x.copy_(torch.addcmul(norm_bias, self.normed(x, shape), norm))


if __name__ == "__main__":
    torch.jit.save(torch.jit.script(Decoder().eval()), sys.argv[1])
