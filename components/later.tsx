'use client'

import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { PartFailed } from './part-failed'

const retryMs = 5_000

type Look<P> = {
  /** In its place while it is fetched. */
  readonly waiting?: (props: P) => ReactNode
  /** In its place where fetching failed; it is tried again all the while. */
  readonly failed?: (props: P, retry: () => void) => ReactNode
}

/**
 * A part whose code is fetched when it is first drawn, or by `load` before that. Where the code does not come, no more
 * than its place is lost, and it comes as soon as it can: React.lazy and next/dynamic keep a failure for ever.
 */
export function later<P extends object>(fetchPart: () => Promise<ComponentType<P>>, look: Look<P> = {}) {
  let fetched: ComponentType<P> | null = null
  const load = async () => (fetched ??= await fetchPart())

  function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | null>(() => fetched)
    const [failed, setFailed] = useState(false)
    const [tries, setTries] = useState(0)
    const retry = () => setTries((count) => count + 1)
    useEffect(() => {
      if (Part) return undefined
      let timer: ReturnType<typeof setTimeout> | undefined
      let gone = false
      load().then(
        (part) => gone || setPart(() => part),
        () => {
          if (gone) return
          setFailed(true)
          timer = setTimeout(() => setTries((count) => count + 1), retryMs)
        },
      )
      return () => {
        gone = true
        clearTimeout(timer)
      }
    }, [Part, tries])
    if (Part) return <Part {...props} />
    if (!failed) return look.waiting?.(props)
    return look.failed ? look.failed(props, retry) : <PartFailed onRetry={retry} />
  }
  return Object.assign(Later, { load })
}
