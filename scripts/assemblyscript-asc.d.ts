/**
 * The part of AssemblyScript's compiler that is used here. Its own types redeclare the globals of JavaScript (an `Array.at` that
 * never returns undefined, among others), which would hold for the whole project.
 */
declare const asc: {
  main(
    args: readonly string[],
    options: {
      readonly stderr: { write(text: string | Uint8Array): boolean };
      writeFile(name: string, contents: string | Uint8Array): void;
    },
  ): Promise<{ readonly error: Error | null }>;
};

export default asc;
