import type { DocumentProblem } from '@/core/policy/problem'
import { clean } from '@/core/text/text'
import { AppError } from '@/server/errors'

const mostShown = 20

/** Everything that is wrong with what was read, as lines; nothing was done. */
export function refusal(problems: readonly DocumentProblem[]): AppError {
  return new AppError('invalid', problemLines(problems))
}

/** The first of them, a line for each, and how many more there are. */
export function problemLines(problems: readonly DocumentProblem[]): string {
  const lines = problems.slice(0, mostShown).map(problemLine)
  const more = problems.length - lines.length
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

/** `web.yaml, document 2, spec.ingress[0]: must be a map`; `document` 0: the whole file. */
function problemLine({ file, document, path, reason }: DocumentProblem): string {
  const place = [file, document > 0 ? `document ${document}` : '', path].filter(Boolean)
  return clean(`${place.join(', ')}: ${reason}`, 1000)
}
