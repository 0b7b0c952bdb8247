/**
 * Long work that commits bit by bit. What is to be done is cut into shards by a hash of each
 * document's id, never by cores, so a shard holds the same documents on any cluster. Each shard's
 * result is a file that appears whole or not at all; a job that is started again does the shards
 * whose file is not there.
 */
package org.longspan.shard;
