'use client'

import { useEffect, useState } from 'react'
import { formatBytes, formatDateTime, plural } from '../format'
import { CopyButton } from '../ui/copy-button'
import { Input } from '../ui/input'
import type { MadeLink } from './make-link'

/** The address of a new link, copied already where the browser allows it. It cannot be shown again. */
export function MadeLinkRow({ made, address }: { made: MadeLink; address: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    let here = true
    navigator.clipboard.writeText(address).then(
      () => here && setCopied(true),
      () => {},
    )
    return () => {
      here = false
    }
  }, [address])
  const { expiresAt, bytes, leftOut } = made
  return (
    <div className="flex flex-col gap-1 rounded-lg border border-line bg-canvas p-2">
      <div className="flex items-center gap-1">
        <Input
          readOnly
          aria-label="Address of the link"
          value={address}
          onFocus={(event) => event.target.select()}
          className="flex-1 font-mono text-xs"
        />
        <CopyButton text={address} />
      </div>
      <p className="px-1 text-xs text-fg-2">
        {copied ? 'Copied. ' : ''}
        {expiresAt === null ? 'Kept until it is deleted' : `Kept until ${formatDateTime(expiresAt, 'min')}`}
        {bytes > 0 && `; it holds ${formatBytes(bytes)}`}
        {leftOut > 0 && `, without ${plural(leftOut, 'detail')} that did not fit or are gone`}. The address is shown
        only now.
      </p>
    </div>
  )
}
