"""Writes tiny random models, and what PyTorch says of their gradients.

usage: python gradients.py OUT TOKENIZER.json

For each model a directory as save_pretrained leaves it, and expected.json: a row of token ids, segments of others, the first token whose loss counts,
the rate of one step of SGD; and for each model the row's losses, the gradient of the mean loss from the first token on on the embeddings, and what
ln p of the segments' tokens gains by the step.
"""
import copy
import json
import os
import shutil
import sys

import torch
from families import GPT2, LLAMA, LLAMA3, OPT, VOCABULARY, random_model

ROW, SEGMENTS, SEGMENT, FIRST, RATE = 80, 5, 12, 48, 0.02
CASES = [
    ("llama-tied", "Llama", dict(LLAMA, tie_word_embeddings=True)),
    ("llama-biased", "Llama", dict(LLAMA, head_dim=20, attention_bias=True, mlp_bias=True)),
    ("llama-llama3", "Llama", dict(LLAMA, rope_parameters=LLAMA3)),
    ("qwen2", "Qwen2", dict(LLAMA, tie_word_embeddings=True)),
    ("gpt2", "GPT2", dict(GPT2)),
    ("gpt2-untied", "GPT2", dict(GPT2, n_inner=100, tie_word_embeddings=False, scale_attn_weights=False)),
    ("opt", "OPT", dict(OPT)),
    # Which have no gradients here.
    ("qwen3", "Qwen3", dict(LLAMA, head_dim=16)),
    ("mistral-window", "Mistral", dict(LLAMA, sliding_window=40)),
]


def losses(model, tokens=None, embedded=None):
    logits = model(input_ids=tokens).logits if embedded is None else model(inputs_embeds=embedded).logits
    return torch.nn.functional.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:], reduction="none")


def main(out, tokenizer):
    torch.set_num_threads(1)
    chance = torch.Generator().manual_seed(1)
    row = torch.randint(0, VOCABULARY, (1, ROW), generator=chance)
    segments = torch.randint(0, VOCABULARY, (SEGMENTS, SEGMENT), generator=chance)
    expected = {"row": row[0].tolist(), "segments": segments.tolist(), "first": FIRST, "rate": RATE, "models": {}}
    for name, kind, arguments in CASES:
        model = random_model(kind, arguments)
        copy.deepcopy(model).save_pretrained(os.path.join(out, name))
        shutil.copy(tokenizer, os.path.join(out, name, "tokenizer.json"))
        embedded = model.get_input_embeddings()(row).detach().requires_grad_(True)
        of_row = losses(model, row, embedded)
        of_row[0, FIRST - 1:].mean().backward()
        with torch.no_grad():
            before = losses(model, segments)
        sgd = torch.optim.SGD(model.parameters(), lr=RATE)
        sgd.zero_grad()
        losses(model, row)[0, FIRST - 1:].mean().backward()
        sgd.step()
        with torch.no_grad():
            gains = before - losses(model, segments)
        expected["models"][name] = {"losses": of_row[0].tolist(), "gradient": embedded.grad[0].tolist(), "gains": gains.tolist()}
    with open(os.path.join(out, "expected.json"), "w") as f:
        json.dump(expected, f)


if __name__ == "__main__":
    main(*sys.argv[1:])
