/** Why an object is refused. `path`: of the field (`spec.ingress[0].ports[1].port`), '' for the whole. */
export type Problem = { readonly path: string; readonly reason: string }

/** A problem of a document. `document`: its number in the file, from 1. */
export type DocumentProblem = Problem & { readonly file: string; readonly document: number }
