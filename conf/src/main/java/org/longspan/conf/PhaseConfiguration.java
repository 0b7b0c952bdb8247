package org.longspan.conf;

/**
 * A phase of a training run, which chooses, relates and packs documents of the one corpus by
 * itself. What its sections do not say stands in the run's.
 *
 * @param name of its folder in the run directory and, after a hyphen, of its stages
 * @param reuse whether it may choose documents that an earlier phase chose
 * @param upsample how documents are chosen
 * @param relate how neighbours are found
 * @param pack how sequences are filled
 */
public record PhaseConfiguration(
    @Limit.Required("The phase has no name: give it one, such as name = \"64k\".") String name,
    boolean reuse,
    UpsampleConfiguration upsample,
    RelateConfiguration relate,
    PackConfiguration pack) {}
