import { route } from '@/server/http'
import { valuesView } from '@/server/views/values'

export const GET = route(valuesView)
