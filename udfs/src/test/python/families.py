"""Writes tiny random models of every family, and the losses that transformers gives with them.

usage: python families.py OUT TOKENIZER.json

For each model a directory as save_pretrained leaves it, changed to how older files look where its case says so, and expected.json:
rows of token ids, for each row -ln p of its tokens 1 to the last, in single precision from weights as they are in the files, and of the first
row sums of every layer's attention weights: see summed.
"""
import copy
import json
import os
import shutil
import sys

import torch
import transformers
from safetensors.torch import load_file, save_file

VOCABULARY, LENGTH, ROWS = 96, 300, 2
LONGER = dict(rope_theta=10000.0, original_max_position_embeddings=64)
LLAMA3 = dict(LONGER, rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0)
YARN = dict(LONGER, rope_type="yarn", factor=8.0)
LLAMA = dict(vocab_size=VOCABULARY, hidden_size=48, intermediate_size=64, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
             max_position_embeddings=512, bos_token_id=1)
GEMMA = dict(LLAMA, head_dim=16, num_hidden_layers=4, sliding_window=50, query_pre_attn_scalar=24)
OPT = dict(vocab_size=VOCABULARY, hidden_size=48, ffn_dim=64, num_hidden_layers=3, num_attention_heads=4, max_position_embeddings=512,
           bos_token_id=2)
GPT2 = dict(vocab_size=VOCABULARY, n_embd=48, n_layer=3, n_head=4, n_positions=512, bos_token_id=1)
NEOX = dict(vocab_size=VOCABULARY, hidden_size=64, intermediate_size=96, num_hidden_layers=3, num_attention_heads=4, max_position_embeddings=512)


def unprefixed(directory):
    """As files of a body without its output layer name their tensors."""
    file = os.path.join(directory, "model.safetensors")
    prefixes = ("model.decoder.", "transformer.", "model.", "gpt_neox.")
    tensors = {next((k[len(p):] for p in prefixes if k.startswith(p)), k): v for k, v in load_file(file).items()}
    save_file(tensors, file)


def old_rotary(directory):
    """rope_theta and rope_scaling in place of rope_parameters, as before transformers 5."""
    def change(config):
        parameters = config.pop("rope_parameters")
        full = parameters.get("full_attention", parameters)
        config["rope_theta"] = full.pop("rope_theta")
        config["rope_scaling"] = {("type" if k == "rope_type" else k): v for k, v in full.items()}
        if full is not parameters:
            config["rope_local_base_freq"] = parameters["sliding_attention"]["rope_theta"]
            config.pop("layer_types")
    edit(directory, change)


def old_neox(directory):
    """rotary_pct and rotary_emb_base in place of rope_parameters, and the head under its old name."""
    def change(config):
        parameters = config.pop("rope_parameters")
        config["rotary_emb_base"] = parameters["rope_theta"]
        config["rotary_pct"] = parameters["partial_rotary_factor"]
    edit(directory, change)
    file = os.path.join(directory, "model.safetensors")
    save_file({k.replace("lm_head.", "embed_out."): v for k, v in load_file(file).items()}, file)


def without_layer_types(directory):
    """The pattern of windows left to the family."""
    edit(directory, lambda config: config.pop("layer_types"))


def edit(directory, change):
    file = os.path.join(directory, "config.json")
    with open(file) as f:
        config = json.load(f)
    change(config)
    with open(file, "w") as f:
        json.dump(config, f)



# name, configuration class, its arguments, then options: dtype and shards of the files, changes
CASES = [
    ("llama-tied", "Llama", dict(LLAMA, tie_word_embeddings=True), {}),
    ("llama-biased-wide-heads", "Llama", dict(LLAMA, head_dim=20, attention_bias=True, mlp_bias=True), {}),
    ("llama-one-key-head", "Llama", dict(LLAMA, num_key_value_heads=1, hidden_act="gelu"), {"change": unprefixed}),
    ("llama-linear-old", "Llama", dict(LLAMA, rope_parameters=dict(rope_theta=5e4, rope_type="linear", factor=4.0)), {"change": old_rotary}),
    ("llama-llama3", "Llama", dict(LLAMA, rope_parameters=LLAMA3), {}),
    ("llama-yarn", "Llama", dict(LLAMA, rope_parameters=YARN), {}),
    ("llama-yarn-old-factors", "Llama",
     dict(LLAMA, rope_parameters=dict(YARN, attention_factor=0.8, beta_fast=16, beta_slow=2)), {"change": old_rotary}),
    ("llama-bf16-shards", "Llama", dict(LLAMA), {"dtype": torch.bfloat16, "shards": "20KB"}),
    ("smollm3", "SmolLM3", dict(LLAMA, no_rope_layer_interval=2, pad_token_id=0, eos_token_id=2), {}),
    ("smollm3-windows-yarn", "SmolLM3",
     dict(LLAMA, no_rope_layers=[0, 1, 1], use_sliding_window=True, sliding_window=30, rope_parameters=YARN, pad_token_id=0, eos_token_id=2), {}),
    ("mistral-window", "Mistral", dict(LLAMA, sliding_window=40), {}),
    ("mistral-no-window", "Mistral", dict(LLAMA, sliding_window=None, head_dim=8), {}),
    ("qwen2", "Qwen2", dict(LLAMA, tie_word_embeddings=True), {"dtype": torch.float16}),
    ("qwen2-windows", "Qwen2", dict(LLAMA, use_sliding_window=True, sliding_window=20, max_window_layers=1), {"change": without_layer_types}),
    ("qwen3", "Qwen3", dict(LLAMA, head_dim=16), {"dtype": torch.bfloat16, "shards": "20KB"}),
    ("qwen3-yarn-biased", "Qwen3", dict(LLAMA, head_dim=16, attention_bias=True, rope_parameters=YARN), {}),
    ("gemma2", "Gemma2", dict(GEMMA, attn_logit_softcapping=1.5, final_logit_softcapping=3.0), {"change": without_layer_types}),
    ("gemma2-uncapped-untied", "Gemma2",
     dict(GEMMA, attn_logit_softcapping=None, final_logit_softcapping=None, tie_word_embeddings=False), {"dtype": torch.bfloat16}),
    ("gemma3", "Gemma3Text",
     dict(GEMMA, layer_types=["sliding_attention", "full_attention", "full_attention", "sliding_attention"], final_logit_softcapping=4.0), {}),
    ("gemma3-linear-old", "Gemma3Text",
     dict(GEMMA, num_hidden_layers=7,
            rope_parameters={"full_attention": dict(rope_type="linear", rope_theta=1e6, factor=8.0),
                             "sliding_attention": dict(rope_type="default", rope_theta=1e4)}), {"change": old_rotary}),
    ("opt", "OPT", dict(OPT), {}),
    ("opt-350m", "OPT", dict(OPT, do_layer_norm_before=False, word_embed_proj_dim=32), {"dtype": torch.float16}),
    ("opt-350m-untied-no-bias", "OPT",
     dict(OPT, do_layer_norm_before=False, word_embed_proj_dim=32, tie_word_embeddings=False, enable_bias=False), {"change": unprefixed}),
    ("opt-gelu-no-last-norm", "OPT", dict(OPT, activation_function="gelu", _remove_final_layer_norm=True), {"change": unprefixed}),
    ("gpt2", "GPT2", dict(GPT2), {}),
    ("gpt2-untied", "GPT2", dict(GPT2, n_inner=100, tie_word_embeddings=False, scale_attn_weights=False), {"change": unprefixed}),
    ("neox", "GPTNeoX", dict(NEOX), {}),
    ("neox-old", "GPTNeoX",
     dict(NEOX, rope_parameters=dict(rope_type="default", rope_theta=5e3, partial_rotary_factor=0.5)), {"change": old_neox}),
    ("neox-in-turn-yarn", "GPTNeoX",
     dict(NEOX, use_parallel_residual=False, attention_bias=False, tie_word_embeddings=True, rope_parameters=dict(YARN, partial_rotary_factor=0.5)),
     {}),
]
MODELS = {"Gemma3Text": "Gemma3ForCausalLM", "GPT2": "GPT2LMHeadModel"}


def random_model(kind, arguments):
    """Weights far from their usual beginnings, so that every one of them shows in the losses."""
    torch.manual_seed(0)
    config = getattr(transformers, kind + "Config")(**arguments)
    config._attn_implementation = "eager"
    model = getattr(transformers, MODELS.get(kind, kind + "ForCausalLM"))(config).eval()
    for name, parameter in model.named_parameters():
        noise = torch.randn_like(parameter)
        if parameter.dim() == 1:
            parameter.data.add_(0.2 * noise)
        elif "embed" in name or "wte" in name or "wpe" in name:
            parameter.data.copy_(0.3 * noise if "Gemma" not in kind else 0.1 * noise)
        else:
            parameter.data.copy_(1.2 * noise / parameter.shape[-1] ** 0.5)
    return model


def summed(attentions):
    """Of the first row: spans of 25 tokens (causal, and renormalised over the keys before the span), distances with a sink of 3, the last 40
    tokens' attention to segments of 60, and sums of weights and squares at a distance of 75 or more in the first layer."""
    span, sink, response, segment, distance = 25, 3, 40, 60, 75
    n, segments = LENGTH // span, (LENGTH - response) // segment
    query, key = torch.meshgrid(torch.arange(LENGTH), torch.arange(LENGTH), indexing="ij")
    bucket = torch.where(query == key, 1, 2 + torch.log2((query - key).clamp(min=1).double() + 1e-9).floor().long())
    bucket = torch.where(key < sink, 0, bucket)
    out = {"causal": [], "earlier": [], "distances": [], "response": []}
    for layer in attentions:
        weights = layer[0].double()
        before = weights * (key < query // span * span)
        before = before / before.sum(2, keepdim=True).clamp(min=1e-300)
        for name, each in (("causal", weights), ("earlier", before)):
            sums = each.view(-1, n, span, n, span).sum((2, 4)).mean(0)
            out[name].append([sums[j, :j + 1].tolist() for j in range(1, n)])
        mean = weights.mean(0)
        out["distances"].append([mean[(bucket == b) & (key <= query)].sum().item() / LENGTH for b in range(2 + (LENGTH - 1).bit_length())])
        out["response"].append(mean[LENGTH - response:, :segments * segment].view(response, segments, segment).sum((0, 2)).div(response).tolist())
    far = attentions[0][0].double() * (query - key >= distance)
    out["far"] = [far.sum((1, 2)).tolist(), far.square().sum((1, 2)).tolist()]
    return out


def main(out, tokenizer):
    torch.set_num_threads(1)
    rows = torch.randint(0, VOCABULARY, (ROWS, LENGTH), generator=torch.Generator().manual_seed(1))
    expected = {"rows": rows.tolist(), "losses": {}, "attention": {}}
    for name, kind, arguments, options in CASES:
        directory = os.path.join(out, name)
        dtype = options.get("dtype", torch.float32)
        model = random_model(kind, arguments)
        for parameter in model.parameters():
            parameter.data = parameter.data.to(dtype).float()
        copy.deepcopy(model).to(dtype).save_pretrained(directory, max_shard_size=options.get("shards", "1GB"))
        shutil.copy(tokenizer, os.path.join(directory, "tokenizer.json"))
        options.get("change", lambda d: None)(directory)
        with torch.no_grad():
            said = model(rows, output_attentions=True)
            logits = said.logits
        expected["attention"][name] = summed(said.attentions)
        losses = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), rows[:, 1:].flatten(), reduction="none")
        expected["losses"][name] = losses.view(ROWS, LENGTH - 1).tolist()
    with open(os.path.join(out, "expected.json"), "w") as f:
        json.dump(expected, f)


if __name__ == "__main__":
    main(*sys.argv[1:])
