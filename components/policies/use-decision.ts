'use client'

import { useQuery } from '@tanstack/react-query'
import { sourcesQuery } from '../sources/queries'
import { useRecording } from '../url-state'
import { type DecisionParams, decisionQuery } from './queries'

/** What policies decide on something; nothing is asked where no cluster's objects are read, and of a recording. */
export function useDecision(params: DecisionParams) {
  const [recording] = useRecording()
  const { data: sources } = useQuery(sourcesQuery())
  const isKnown = recording === null && (sources?.inventory.length ?? 0) > 0
  const query = useQuery({ ...decisionQuery(params), enabled: isKnown })
  return { ...query, isAsked: isKnown }
}
