import { type DiffLine, diffLists } from '../../text/line-diff'
import type { PolicyRef } from '../normal-form'

const context = 3

/** A unified diff, as `patch -p1` and `git apply` take it; '' where nothing differs. `name`: path of the file. */
export function patchOf(name: string, before: string, after: string): string {
  const lines = diffLists(linesOf(before), linesOf(after))
  const touched = lines.flatMap(({ kind }, i) => (kind === 'same' ? [] : [i]))
  if (touched.length === 0) return ''
  const hunks: { from: number; to: number }[] = []
  for (const i of touched) {
    const last = hunks.at(-1)
    if (last && i - context <= last.to) last.to = Math.min(lines.length, i + context + 1)
    else hunks.push({ from: Math.max(0, i - context), to: Math.min(lines.length, i + context + 1) })
  }
  const head = [`--- ${before === '' ? '/dev/null' : `a/${name}`}`, `+++ ${after === '' ? '/dev/null' : `b/${name}`}`]
  const text = [...head, ...hunks.flatMap((hunk) => hunkLines(lines, hunk))]
  return `${text.join('\n')}\n`
}

const signs = { same: ' ', removed: '-', added: '+' } as const
const noEnd = '\\ No newline at end of file'

function hunkLines(lines: readonly DiffLine[], { from, to }: { from: number; to: number }): readonly string[] {
  const count = (kinds: string, part: readonly DiffLine[]) =>
    part.filter(({ kind }) => kinds.includes(signs[kind])).length
  const [before, part] = [lines.slice(0, from), lines.slice(from, to)]
  const range = (kinds: string) => {
    const size = count(kinds, part)
    return `${count(kinds, before) + (size > 0 ? 1 : 0)},${size}`
  }
  return [
    `@@ -${range(' -')} +${range(' +')} @@`,
    ...part.flatMap(({ kind, text }) =>
      text.endsWith('\n') ? [`${signs[kind]}${text.slice(0, -1)}`] : [`${signs[kind]}${text}`, noEnd],
    ),
  ]
}

/** Lines with their ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** A command for a shell that applies the text as it is; the word that ends it does not occur in the text. */
export function kubectlLine(text: string, manager: string): string {
  const lines = new Set(text.split(/\r?\n/))
  let end = 'EOF'
  while (lines.has(end)) end += '_'
  const safe = manager.replace(/[^A-Za-z0-9_.-]/g, '-')
  return `kubectl apply --server-side --field-manager=${safe} -f - <<'${end}'\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}${end}\n`
}

/** `namespace-name-kind.yaml`, without characters that file systems mind. */
export function fileNameOf({ namespace, name, kind }: PolicyRef): string {
  const parts = [namespace, name, kind.toLowerCase()].flatMap((part) => part ?? [])
  return `${parts
    .join('-')
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 200)}.yaml`
}
