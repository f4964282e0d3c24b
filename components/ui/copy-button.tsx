'use client'

import { useState } from 'react'
import { useAnnounce } from './announcer'
import { Button } from './button'

type Props = {
  /** Or what makes it when it is pressed. */
  text: string | (() => string)
  label?: string
}

/** Copies a text and says so. */
export function CopyButton({ text, label = 'Copy' }: Props) {
  const [copied, setCopied] = useState(false)
  const announce = useAnnounce()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setCopied(true)
      announce('Copied')
      setTimeout(() => setCopied(false), 1500)
    } catch {
      announce('Copying failed; select the text instead')
    }
  }
  return (
    <Button size="sm" variant="quiet" onClick={copy}>
      {copied ? 'Copied' : label}
    </Button>
  )
}

/** A command to copy, in one block. */
export function CommandBlock({ command }: { command: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-canvas py-1 pl-3 pr-1">
      <pre className="min-w-0 flex-1 whitespace-pre-wrap break-all py-1.5 font-mono text-xs">{command}</pre>
      <CopyButton text={command} />
    </div>
  )
}
