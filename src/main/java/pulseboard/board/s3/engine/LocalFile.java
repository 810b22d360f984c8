package pulseboard.board.s3.engine;

/**
 * A file of the folder.
 *
 * @param path below the folder, with slashes
 * @param key the object that is to be made of it
 * @param stamp how it was when it was found
 */
record LocalFile(String path, String key, Stamp stamp) {}
