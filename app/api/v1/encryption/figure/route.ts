import { route } from '@/server/http'
import { encryptionFigureView } from '@/server/views/encryption-figure'

export const GET = route(encryptionFigureView)
