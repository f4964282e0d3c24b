'use client'

import { useFrozenToken, useRecording } from '../url-state'

/** Whether the page is about the cluster as it is now: what is frozen or recorded cannot be changed. */
export function useCanEdit(): boolean {
  const frozen = useFrozenToken() !== null
  const [recording] = useRecording()
  return !frozen && recording === null
}
