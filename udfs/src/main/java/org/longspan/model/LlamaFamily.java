package org.longspan.model;

/** Llama (arXiv 2302.13971, 2407.21783) and what has its shape, such as SmolLM. */
final class LlamaFamily extends LlamaShaped {
  @Override
  public String architecture() {
    return "LlamaForCausalLM";
  }
}
