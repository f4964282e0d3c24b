'use client'

import Link from 'next/link'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { StatusMark } from '../status-mark'
import { formatWhen } from '../format'
import { useRecording } from '../url-state'

/** What the reader must know before the figures: that they are old, that nothing is known, that a recording has no ground. */
export function Notes({ data, staleSince }: { data: EncryptionPage; staleSince: number | null }) {
  const [recording] = useRecording()
  const { coverage } = data
  const knowsNothing = coverage !== null && coverage.least === 0 && coverage.most === 1
  const notes = [
    ...(staleSince === null ? [] : [`No fresh data since ${formatWhen(staleSince, 's')}: the figures are of then.`]),
    ...(recording === null || data.hasGround
      ? []
      : ['A recording does not say where pods were and which proxies they had. What no record tells stays unknown.']),
  ]
  return (
    <>
      {notes.map((note) => (
        <p key={note} className="flex items-center gap-2 text-fg-2">
          <StatusMark status="unknown" label="Note" /> {note}
        </p>
      ))}
      {knowsNothing && (
        <section
          aria-label="Nothing tells of encryption"
          className="rounded-md border border-line bg-panel px-3.5 py-3"
        >
          <h2 className="font-semibold">Nothing tells whether this traffic is encrypted</h2>
          <p className="mt-0.5 text-fg-2">
            For mTLS, connect the metrics of your mesh (Prometheus with Istio or Linkerd) or Envoy access logs. For
            tunnels, let Oriel watch pods and nodes, and connect Hubble.{' '}
            <Link href="/sources" className="text-accent hover:underline">
              Connect a source
            </Link>
          </p>
        </section>
      )}
    </>
  )
}
