/**
 * How neighbours of a document are found among the documents of its slice. A {@link
 * org.longspan.retrieve.Retriever} is given one slice's texts, once, and answers with edges; it
 * knows nothing of Spark. A new one is a class and a line in {@link
 * org.longspan.retrieve.Retrievers}.
 */
package org.longspan.retrieve;
