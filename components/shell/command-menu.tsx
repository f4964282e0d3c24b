'use client'

import { useCallback, useEffect, useState } from 'react'
import { Dialog } from '../ui/dialog'
import { CommandList } from './command-list'

/** ⌘K: pages, services, time ranges, theme. */
export function CommandMenu({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setOpen((was) => !was)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  const close = useCallback(() => setOpen(false), [])
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Command menu" hideTitle>
      {open && <CommandList onDone={close} onHelp={onHelp} />}
    </Dialog>
  )
}
