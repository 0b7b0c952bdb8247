package org.longspan.retrieve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * A slice's texts as a Lucene index of one segment, whose document numbers follow the order in
 * which the documents came. One thread writes, and merges join neighbouring segments only.
 */
final class Bm25Index implements Closeable {
  static final String TEXT = "text";

  /** Explicit, so that scores do not change with Lucene's defaults. */
  static final Similarity SIMILARITY = new BM25Similarity(Bm25.K1, Bm25.B);

  private static final FieldType TERMS = new FieldType();

  static {
    TERMS.setTokenized(true);
    TERMS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    TERMS.setStoreTermVectors(true);
    TERMS.freeze();
  }

  private final Directory directory;
  private final DirectoryReader reader;
  private final List<String> ids;

  private Bm25Index(Directory directory, List<String> ids) throws IOException {
    this.directory = directory;
    this.reader = DirectoryReader.open(directory);
    this.ids = ids;
  }

  /** Indexes the documents below {@code path}. */
  static Bm25Index write(Iterator<Candidate> documents, Path path, int characters)
      throws IOException {
    Directory directory = new MMapDirectory(path);
    List<String> ids = new ArrayList<>();
    try (Words words = new Words();
        IndexWriter writer = new IndexWriter(directory, settings(words))) {
      while (documents.hasNext()) {
        Candidate candidate = documents.next();
        Document document = new Document();
        for (String excerpt : Excerpts.of(candidate.text(), characters)) {
          document.add(new Field(TEXT, excerpt, TERMS));
        }

        writer.addDocument(document);
        ids.add(candidate.id());
      }

      writer.forceMerge(1);
    }

    return new Bm25Index(directory, ids);
  }

  private static IndexWriterConfig settings(Words words) {
    return new IndexWriterConfig(words)
        .setSimilarity(SIMILARITY)
        .setMergePolicy(new LogDocMergePolicy())
        .setMergeScheduler(new SerialMergeScheduler())
        .setUseCompoundFile(false);
  }

  DirectoryReader reader() {
    return reader;
  }

  int size() {
    return ids.size();
  }

  String id(int document) {
    return ids.get(document);
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
