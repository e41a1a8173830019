/**
 * Where to go after signing in. It arrives in an address that anybody may have written, so only a path of our own counts:
 * "//evil.example" and "/\evil.example" are other hosts to a browser.
 */
export function localPath(text: string | null | undefined, otherwise: string): string {
  if (!text || text.length > 1024) return otherwise;
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : otherwise;
}
