/**
 * What a user can set. A configuration file is read once into immutable records; every problem of
 * it is found before anything runs, and each is told with its file, its line and the nearest known
 * key. Nothing below the stages sees these records: methods get plain values.
 */
package org.longspan.conf;
