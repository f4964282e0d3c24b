'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { TeamItem } from '@/core/access/settings-teams'
import { sendJson } from '../api'
import { groupsOf } from './groups-field'
import { forgetDraft, keepDraft, keptDraft, type Typed } from './kept-drafts'
import { draftOf, ruleOf } from './rule-rows'
import { teamPath } from './team-path'
import { useChange } from './use-change'

type Written = { readonly name: string; readonly version: number }

const typedOf = ({ name, rules, viewers, editors }: TeamItem): Typed => ({
  name,
  rules: rules.map(draftOf),
  viewers: viewers.join('\n'),
  editors: editors.join('\n'),
})

const contentOf = ({ name, rules, viewers, editors }: Typed) => ({
  name,
  namespaces: rules.filter(({ text }) => text.trim() !== '').map(ruleOf),
  viewers: groupsOf(viewers),
  editors: groupsOf(editors),
})

/**
 * What is typed of a team, against the version that it began with: what somebody else saved meanwhile takes nothing of
 * it away, nor does leaving the page. `isGone`: somebody deleted the team.
 */
export function useTeamDraft(team: TeamItem, isGone: boolean) {
  const router = useRouter()
  const [begun] = useState(() => keptDraft(team))
  const [typed, setTyped] = useState(() => begun?.typed ?? typedOf(team))
  const [version, setVersion] = useState(begun?.version ?? team.version)
  const [known, setKnown] = useState(() => begun?.known ?? JSON.stringify(contentOf(typedOf(team))))
  const [isFound, setFound] = useState(begun !== null)
  const [triedAnew, setTriedAnew] = useState(false)
  const [hasSaved, setHasSaved] = useState(false)
  const content = contentOf(typed)
  const text = JSON.stringify(content)
  const isEdited = text !== known
  const isNew = team.id === null || isGone
  const { change, busy, problem, reset } = useChange({
    run: () =>
      isNew
        ? sendJson<Written>('POST', 'teams', content)
        : sendJson<Written>('PUT', `teams/${team.id}`, { ...content, version }),
    done: (written) => `Team ${written.name} is saved`,
    forget: ['teams', 'teams/matches', 'members', 'me'],
    after: (written) => {
      setVersion(written.version)
      setKnown(text)
      setHasSaved(true)
      setFound(false)
      if (isNew) router.replace(teamPath({ name: written.name }))
    },
  })
  useEffect(() => {
    if (isEdited) keepDraft({ team, typed, version, known })
    else forgetDraft(team)
  }, [isEdited, team, typed, version, known])
  const takeTheirs = () => {
    const theirs = typedOf(team)
    setTyped(theirs)
    setKnown(JSON.stringify(contentOf(theirs)))
    setVersion(team.version)
    setFound(false)
    reset()
  }
  return {
    typed,
    /** It was typed before this page was left and opened again. */
    isFound: isFound && isEdited,
    type: (part: Partial<Typed>) => setTyped({ ...typed, ...part }),
    save: () => {
      setTriedAnew(isGone)
      change(undefined)
    },
    busy,
    /** Of a team that is gone only why no new one is made of it: the rest is said. */
    problem: isGone && !triedAnew ? null : problem,
    isSaved: hasSaved && !isEdited,
    /** Somebody else saved it since this was begun. While one's own save is under way its version is newer as well. */
    isBehind: !isNew && team.version > version && !busy,
    takeTheirs,
    /** What is typed replaces what they saved. */
    keepMine: () => {
      setVersion(team.version)
      reset()
    },
  }
}
