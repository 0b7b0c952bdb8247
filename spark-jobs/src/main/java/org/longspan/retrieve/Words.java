package org.longspan.retrieve;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Text to terms, for prose of any language and for code alike: words by Unicode's segmentation
 * rules, taken apart again at what is neither letter nor digit and at changes from lower to upper
 * case, then in lower case. So {@code parseHttp_body} meets {@code Parse the HTTP body}. Neither
 * stop words nor stems, which would need the language; frequent words weigh next to nothing anyway.
 *
 * <p>Parts longer than {@value #LONGEST} characters, which are hashes and encoded data and not
 * words, are left out.
 */
final class Words extends Analyzer {
  private static final int LONGEST = 40;

  private static final int PARTS =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE;

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream parts = new WordDelimiterGraphFilter(words, PARTS, null);
    TokenStream terms = new LowerCaseFilter(new LengthFilter(parts, 1, LONGEST));
    return new TokenStreamComponents(words, terms);
  }
}
