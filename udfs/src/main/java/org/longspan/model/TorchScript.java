package org.longspan.model;

/**
 * Whether a model of an unknown architecture may bring its own arithmetic as a TorchScript file.
 * Such a file is a program, and running the model runs it: allow only what you trust.
 */
public enum TorchScript {
  REFUSED,
  ALLOWED
}
