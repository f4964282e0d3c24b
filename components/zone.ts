'use client'

import { useSyncExternalStore } from 'react'

/** Whose clock times are written in and read by. */
export const zones = ['local', 'utc'] as const
export type Zone = (typeof zones)[number]

const storageKey = 'oriel-zone'
const watchers = new Set<() => void>()
let current: Zone | null = null

/** The viewer's choice, kept in this browser; local time until there is one. */
export function currentZone(): Zone {
  if (typeof localStorage === 'undefined') return 'local'
  current ??= localStorage.getItem(storageKey) === 'utc' ? 'utc' : 'local'
  return current
}

export function setZone(zone: Zone): void {
  current = zone
  localStorage.setItem(storageKey, zone)
  for (const watcher of watchers) watcher()
}

const subscribe = (changed: () => void) => {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}

/** The same, told again when it changes. What is formatted has to be drawn anew then: the shell sees to that. */
export const useZone = (): Zone => useSyncExternalStore(subscribe, currentZone, () => 'local')

export type ClockFields = {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly ms: number
}

/** What calendar and clock of a zone say at a moment (milliseconds). */
export function fieldsAt(time: number, zone: Zone): ClockFields {
  const d = new Date(time)
  if (zone === 'local') {
    return {
      year: d.getFullYear(),
      month: d.getMonth() + 1,
      day: d.getDate(),
      hours: d.getHours(),
      minutes: d.getMinutes(),
      seconds: d.getSeconds(),
      ms: d.getMilliseconds(),
    }
  }
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hours: d.getUTCHours(),
    minutes: d.getUTCMinutes(),
    seconds: d.getUTCSeconds(),
    ms: d.getUTCMilliseconds(),
  }
}

/** The moment at which calendar and clock of a zone say this; days may run over the month's ends. NaN for what is no date. */
export const momentOf = (
  year: number,
  month: number,
  day: number,
  hours: number,
  minutes: number,
  seconds: number,
  zone: Zone,
): number =>
  zone === 'utc'
    ? Date.UTC(year, month - 1, day, hours, minutes, seconds)
    : new Date(year, month - 1, day, hours, minutes, seconds).getTime()
