/** What a person gives when they sit down at a computer that others use too: a number or a phrase, as they like. */
import { z } from 'zod'

/** In characters. */
export const LEAST_PIN = 6

/** As it is typed; whether it is good enough is looked at where one is set, so that the sentence can say why not. */
export const Pin = z.string().min(1).max(200)

/** Whether the text is whole: half of a character in two parts is no text that could be kept or compared. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)
