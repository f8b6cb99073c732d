package org.heshi.matters.procedure;

/**
 * One file of procedures.
 *
 * @param name     how the deployer finds it: path in the folder, or {@code procedures/...} for what is shipped
 * @param stem     name without folder and ending
 * @param fragment whether it stands in {@code common}
 */
record ProcedureFile(String name, String stem, boolean fragment, byte[] bytes) {
}
