'use client'

import { useSearchParams } from 'next/navigation'
import { createParser, parseAsStringLiteral, useQueryState, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { namedActions } from '@/core/audit/actions'
import { entryResults, parseEntryId, parseWho } from '@/core/audit/entry'
import { parseLast } from '../../time-range'
import { parseAsText, urlParsers } from '../../url-state'
import { auditRangeProblem } from './range-problem'

const only = (isValid: (text: string) => boolean) =>
  createParser({ parse: (text: string) => (isValid(text) ? text : null), serialize: String })

/** Names of their own: the time range that pages of traffic carry along is not meant for the audit. */
const parsers = {
  /** Entries of so long until now; without it and the two below all that is kept. */
  past: only((text) => parseLast(text) !== null),
  since: urlParsers.from,
  until: urlParsers.to,
  who: only((text) => parseWho(text) !== null),
  /** An action, or what actions are about. */
  about: only((text) => namedActions([text]) !== null),
  result: parseAsStringLiteral(entryResults),
  find: parseAsText.withDefault(''),
}

/** What of the audit is shown, all of it in the URL. */
export function useAuditState() {
  const [state, setState] = useQueryStates(parsers)
  const { past, since, until, who, about, result, find } = state
  const problem = auditRangeProblem(useSearchParams())
  const hasWindow = since !== null && until !== null && until > since
  const params = useMemo(
    () => ({
      ...(hasWindow ? { from: since, to: until } : past !== null && { last: past }),
      who,
      action: about,
      result,
      find: find.trim(),
    }),
    [hasWindow, since, until, past, who, about, result, find],
  )
  const clear = useCallback(
    () => void setState({ past: null, since: null, until: null, who: null, about: null, result: null, find: null }),
    [setState],
  )
  const narrowed = hasWindow || [past, who, about, result].some((one) => one !== null) || find.trim() !== ''
  return {
    ...state,
    /** Why its time cannot be shown; null where it can. */
    problem,
    window: hasWindow ? { from: since, to: until } : null,
    params,
    setState,
    clear,
    narrowed,
  }
}

export type AuditState = ReturnType<typeof useAuditState>
export type AuditParams = AuditState['params']

/** The entry whose detail is open; null when none is. */
export const useOpenEntry = () =>
  useQueryState('entry', only((text) => parseEntryId(text) !== null).withOptions({ history: 'push' }))
