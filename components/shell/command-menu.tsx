'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { later } from '../later'
import { DialogFailed } from '../part-failed'
import { useLoadAtRest } from '../use-load-at-rest'
import { CommandWaiting } from './command-waiting'
import { typedWith } from './typed-with'

// The first page needs none of it.
const CommandDialog = later(() => import('./command-dialog').then((module) => module.CommandDialog), {
  waiting: ({ open, typed }) => open && <CommandWaiting typed={typed} />,
  failed: ({ open, onOpenChange }, retry) =>
    open && <DialogFailed onRetry={retry} onClose={() => onOpenChange(false)} />,
})

const isToggle = (event: KeyboardEvent) =>
  event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey

/** In the menu, or in what says that it does not come. */
const isInMenu = (target: EventTarget | null) =>
  target instanceof Element &&
  (target.closest('[role=dialog]')?.querySelector('#commands') != null || target.closest('[role=alert]') !== null)

/** ⌘K: pages, services, time ranges, theme. What is typed before its field is there is typed into it. */
export function CommandMenu({ onOpen, onHelp }: { onOpen: () => void; onHelp: () => void }) {
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [typed, setTyped] = useState('')
  const [entered, setEntered] = useState(false)
  // Keys come faster than what they change is drawn.
  const isOpen = useRef(false)
  const show = (next: boolean) => {
    isOpen.current = next
    setOpen(next)
    if (!next) return
    setWanted(true)
    type('')
    onOpen()
  }
  const type = (text: string) => {
    setTyped(text)
    setEntered(false)
  }
  useLoadAtRest(CommandDialog.load)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isToggle(event)) show(!isOpen.current)
    else {
      if (!isOpen.current || isInMenu(event.target)) return
      if (event.key === 'Escape') show(false)
      else if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key === 'Tab') return
      else if (event.key === 'Enter') setEntered(true)
      else {
        setTyped((before) => typedWith(before, event.key))
        setEntered(false)
      }
      event.stopPropagation()
    }
    event.preventDefault()
  })
  // Who goes on elsewhere waits for it no longer.
  const onPress = useEffectEvent((event: PointerEvent) => {
    if (isOpen.current && !isInMenu(event.target)) show(false)
  })
  useEffect(() => {
    const key = (event: KeyboardEvent) => onKey(event)
    const press = (event: PointerEvent) => onPress(event)
    addEventListener('keydown', key, true)
    addEventListener('pointerdown', press, true)
    return () => {
      removeEventListener('keydown', key, true)
      removeEventListener('pointerdown', press, true)
    }
  }, [])
  return wanted ? (
    <CommandDialog
      open={open}
      onOpenChange={show}
      typed={typed}
      onType={type}
      entered={entered}
      onEnter={() => setEntered(true)}
      onHelp={onHelp}
    />
  ) : null
}
