import type { TeamItem } from '@/core/access/settings-teams'
import { holdTab } from '../hold-tab'
import type { RuleDraft } from './rule-rows'

/** What is typed of a team. */
export type Typed = {
  readonly name: string
  readonly rules: readonly RuleDraft[]
  readonly viewers: string
  readonly editors: string
}

/** A draft that is not saved: what is typed, and the team as it was last seen. */
export type KeptDraft = {
  readonly team: TeamItem
  readonly typed: Typed
  /** The version that it began with, and its content as text. */
  readonly version: number
  readonly known: string
}

/** Of this tab, until it is closed or loaded anew: whoever leaves a form by any link finds their text again. */
const kept = new Map<string, KeptDraft>()

/** A team by its number; a new one by what it began with. */
const keyOf = ({ id, name, rules }: TeamItem) => (id === null ? `new ${JSON.stringify([name, rules])}` : String(id))

export const keptDraft = (team: TeamItem): KeptDraft | null => kept.get(keyOf(team)) ?? null

/** The tab is held for it, also while another page is shown. */
export function keepDraft(draft: KeptDraft): void {
  kept.set(keyOf(draft.team), draft)
  holdTab(kept, true)
}

export function forgetDraft(team: TeamItem): void {
  kept.delete(keyOf(team))
  holdTab(kept, kept.size > 0)
}

/** The team of this name of which a draft is kept, also when the team is no more. */
export const keptTeam = (name: string | null): TeamItem | null =>
  [...kept.values()].find(({ team }) => team.id !== null && team.name === name)?.team ?? null
