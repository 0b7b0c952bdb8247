/**
 * What a user can set. A configuration file is read once into immutable records, by {@link
 * org.longspan.conf.Configurations}; every problem of it is found before anything runs, and each is
 * told with its file, its line and the nearest known key. Nothing below the stages sees these
 * records: methods get plain values.
 *
 * <p>A new key is a record component with its limits, and an entry with a comment in {@code
 * reference.conf}; a test holds the two together.
 */
package org.longspan.conf;
