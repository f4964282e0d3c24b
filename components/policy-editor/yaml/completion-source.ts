import type { CompletionContext as At, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { Completions } from '@/core/policy/edit/completion'

/** What may stand at a place of the text. */
export type Complete = (text: string, offset: number) => Completions | null

/** Completion from the schema of the kind and from what the cluster has. Asked for, or after a character of a word. */
export const completionSource =
  (complete: Complete): CompletionSource =>
  (at: At): CompletionResult | null => {
    if (!at.explicit && !at.matchBefore(/[\w./:"'-]+\s?$/)) return null
    const found = complete(at.state.doc.toString(), at.pos)
    if (!found || found.choices.length === 0) return null
    return {
      from: found.from,
      to: found.to,
      filter: true,
      options: found.choices.map(({ label, insert, type, detail, info }) => ({
        label,
        apply: insert,
        detail,
        info: info || undefined,
        type: type === 'field' ? 'property' : type === 'value' ? 'enum' : 'text',
      })),
    }
  }
