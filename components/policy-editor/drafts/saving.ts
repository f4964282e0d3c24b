/** How a draft stands with what is saved. Times are milliseconds. */
export type Saving = {
  /** null: nobody saved it yet. */
  readonly draft: { readonly id: number; readonly name: string; readonly version: number } | null
  /** The revision of the editor that is saved. */
  readonly saved: number
  readonly savedAt: number | null
  readonly state: 'idle' | 'saving' | 'failed' | 'conflict'
  /** Why it failed. */
  readonly error: string
  /** Somebody else's version, of a conflict. */
  readonly theirs: Theirs | null
}

export type Theirs = { readonly version: number; readonly by: string; readonly at: number }

export type SavingAction =
  | { readonly type: 'begun' }
  | { readonly type: 'saved'; readonly draft: Saving['draft']; readonly revision: number; readonly at: number }
  | { readonly type: 'failed'; readonly error: string }
  | { readonly type: 'conflict'; readonly theirs: Theirs }
  /** What is saved is taken in place of what is here. */
  | { readonly type: 'taken'; readonly draft: Saving['draft']; readonly revision: number; readonly at: number }
  /** From now on it is a draft of its own. */
  | { readonly type: 'copied' }

export const unsaved: Saving = { draft: null, saved: 0, savedAt: null, state: 'idle', error: '', theirs: null }

export function reduceSaving(saving: Saving, action: SavingAction): Saving {
  switch (action.type) {
    case 'begun':
      return { ...saving, state: 'saving', error: '' }
    case 'saved':
    case 'taken':
      return { draft: action.draft, saved: action.revision, savedAt: action.at, state: 'idle', error: '', theirs: null }
    case 'failed':
      return { ...saving, state: 'failed', error: action.error }
    case 'conflict':
      return { ...saving, state: 'conflict', theirs: action.theirs }
    case 'copied':
      return { ...unsaved, saved: -1 }
  }
}

/** Whether there is something to save and nothing in the way of it. */
export const isDue = (saving: Saving, revision: number): boolean =>
  revision !== saving.saved && (saving.state === 'idle' || saving.state === 'failed')
