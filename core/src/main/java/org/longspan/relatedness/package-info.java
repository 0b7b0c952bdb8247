/**
 * How much the documents of a row have to do with each other, and how far the tokens of a row can
 * look back. A packer is judged by these numbers and not by the similarities that it followed: text
 * becomes vectors that no retriever read, token frequencies need no model at all, and what a token
 * sees is counted from boundaries alone.
 */
package org.longspan.relatedness;
