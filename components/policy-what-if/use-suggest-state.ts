'use client'

import { parseAsStringLiteral, useQueryStates } from 'nuqs'
import { suggestionFormats } from '@/core/policy/suggest/suggestion'

const parsers = {
  kind: parseAsStringLiteral(suggestionFormats).withDefault('NetworkPolicy'),
  per: parseAsStringLiteral(['workload', 'namespace'] as const).withDefault('workload'),
  isolate: parseAsStringLiteral(['seen', 'both'] as const).withDefault('seen'),
}

/** How suggestions are made, kept in the URL: as which kind, for whom one is, and what it isolates. */
export const useSuggestState = () => useQueryStates(parsers, { urlKeys: { kind: 'as', isolate: 'directions' } })
