import { z } from 'zod'
import { parseFlowId } from '@/core/flows/flow-id'

/** A cursor or id of a record as a parameter. */
export const flowPlace = z
  .string()
  .refine((id) => parseFlowId(plainId(id)) !== null, 'give the id of a record, or a cursor of an answer')
  .optional()

/** The id without its recording. */
export const plainId = (id: string): string => id.split('.')[0] ?? ''
