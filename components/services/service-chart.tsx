'use client'

import { createContext, useContext } from 'react'
import type { ServiceRow } from '@/core/services/service-row'
import { Sparkline } from '../ui/sparkline'
import type { Charts } from './use-service-charts'

export type ChartName = 'requestSpark' | 'errorSpark' | 'p95Spark'

/** The charts of rows in sight, which come after the rows. */
export const ChartsContext = createContext<Charts>(new Map())

type Props = {
  readonly row: ServiceRow
  readonly name: ChartName
  readonly label: string
  readonly least?: number
  readonly className?: string
}

/** A small chart of a row: of those in sight, else its own, which rows of a frozen link have. */
export function ServiceChart({ row, name, ...look }: Props) {
  const charts = useContext(ChartsContext)
  return <Sparkline values={charts.get(row.id)?.[name] ?? row[name]} {...look} />
}
