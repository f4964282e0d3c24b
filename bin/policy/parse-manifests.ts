import { parseAllDocuments } from 'yaml'
import type { ManifestDocument } from '@/core/policy/load-model'
import type { DocumentProblem } from '@/core/policy/problem'
import { toError } from '@/server/errors'
import { isDeepJson, isDeepYaml } from '@/core/text/nesting'
import type { ManifestFile } from './read-files'

export type ParsedManifests = {
  readonly documents: readonly ManifestDocument[]
  readonly problems: readonly DocumentProblem[]
}

/** The documents of files, in YAML or JSON by what the text is, not by its name. Never throws. */
export function parseManifests(files: readonly ManifestFile[]): ParsedManifests {
  const all = files.map((one) =>
    'problem' in one
      ? { documents: [], problems: [{ file: one.file, document: 0, path: '', reason: one.problem }] }
      : parseText(one.file, one.text),
  )
  return {
    documents: all.flatMap(({ documents }) => documents),
    problems: all.flatMap(({ problems }) => problems),
  }
}

function parseText(file: string, text: string): ParsedManifests {
  if (/^\s*[{[]/.test(text)) {
    const value = parseJson(text)
    if (value !== undefined)
      return isDeepJson(text) ? tooDeep(file) : { documents: [{ file, document: 1, value }], problems: [] }
  }
  if (isDeepYaml(text)) return tooDeep(file)
  const problem = (document: number, thrown: unknown): DocumentProblem => {
    const [reason = ''] = toError(thrown).message.split(/:?\n/)
    const hint = /^\s*\{\{/m.test(text) ? '; templates of Helm are read after helm template' : ''
    return { file, document, path: '', reason: `${reason}${hint}` }
  }
  try {
    const documents: ManifestDocument[] = []
    const problems: DocumentProblem[] = []
    for (const [i, parsed] of [...parseAllDocuments(text, { merge: true })].entries()) {
      const [error] = parsed.errors
      if (error) problems.push(problem(i + 1, error))
      else {
        try {
          documents.push({ file, document: i + 1, value: parsed.toJS() })
        } catch (thrown) {
          problems.push(problem(i + 1, thrown))
        }
      }
    }
    return { documents, problems }
  } catch (thrown) {
    return { documents: [], problems: [problem(0, thrown)] }
  }
}

const tooDeep = (file: string): ParsedManifests => ({
  documents: [],
  problems: [{ file, document: 0, path: '', reason: 'is nested too deeply' }],
})

/** undefined: no JSON, which may still be YAML. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
