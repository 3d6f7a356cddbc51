/** Free text about plans: only help is spoken of; verbs of coercion are refused (S5). */
import * as z from 'zod';
import { coerciveWord } from '../config/barred.ts';

const isHelpOnly = (text: string): boolean => coerciveWord(text) === undefined;

/** So many characters, and none of them speaks of control. */
export const leastWords = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine(isHelpOnly, 'words of help: nothing that controls, restricts or watches anybody (管控、稳控、布控…)');
