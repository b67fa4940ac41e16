/** No file of the archive can be read as things are: credentials are missing, the service does not answer. Going on is no use. */
export class ArchiveUnreachable extends Error {
  override readonly name = 'ArchiveUnreachable';
}
