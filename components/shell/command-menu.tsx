'use client'

import dynamic from 'next/dynamic'
import { useCallback, useEffect, useState } from 'react'

// Loaded when the page has rested: the first page needs none of it, and opening must not wait.
const load = () => import('./command-dialog')
const CommandDialog = dynamic(() => load().then((module) => module.CommandDialog), { ssr: false })
const restMs = 2_000

/** ⌘K: pages, services, time ranges, theme. */
export function CommandMenu({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      setWanted(true)
      setOpen((was) => !was)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  useEffect(() => {
    const timer = setTimeout(() => void load(), restMs)
    return () => clearTimeout(timer)
  }, [])
  const show = useCallback((next: boolean) => setOpen(next), [])
  return wanted ? <CommandDialog open={open} onOpenChange={show} onHelp={onHelp} /> : null
}
