'use client'

import dynamic from 'next/dynamic'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useLoadAtRest } from '../use-load-at-rest'
import { typedWith } from './typed-with'

// The first page needs none of it.
const load = () => import('./command-dialog').then((module) => module.CommandDialog)
const CommandDialog = dynamic(load, { ssr: false })

const isToggle = (event: KeyboardEvent) =>
  event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey

const isInMenu = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[role=dialog]')?.querySelector('#commands') != null

/** ⌘K: pages, services, time ranges, theme. What is typed before its field is there is typed into it. */
export function CommandMenu({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [typed, setTyped] = useState('')
  // Keys come faster than what they change is drawn.
  const isOpen = useRef(false)
  const show = (next: boolean) => {
    isOpen.current = next
    setOpen(next)
    if (next) setTyped('')
  }
  useLoadAtRest(load)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isToggle(event)) {
      setWanted(true)
      show(!isOpen.current)
    } else {
      if (!isOpen.current || isInMenu(event.target)) return
      if (event.key === 'Escape') show(false)
      else if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      else setTyped((before) => typedWith(before, event.key))
      event.stopPropagation()
    }
    event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen, true)
    return () => removeEventListener('keydown', listen, true)
  }, [])
  return wanted ? (
    <CommandDialog open={open} onOpenChange={show} typed={typed} onType={setTyped} onHelp={onHelp} />
  ) : null
}
