export interface Check {
  readonly name: string;
  /**
   * @param root absolute path of the tree to check
   * @returns what is wrong, in the tool's own words; empty when all is well
   */
  run(root: string): Promise<string>;
}
