import { inflateSync } from 'node:zlib';

/** A real matrix of a MAT-file. */
export interface Matrix {
  rows: number;
  columns: number;
  /** Column after column, as MATLAB keeps them. */
  values: Float64Array;
}

// Element and array types of the "MAT-File Format" of MathWorks, Level 5, tables 1-1 and 1-3.
const MI_MATRIX = 14;
const MI_COMPRESSED = 15;
const FIRST_NUMERIC_CLASS = 6;
const LAST_NUMERIC_CLASS = 15;
const COMPLEX_FLAG = 0x0800;
const HEADER_BYTES = 128;
/** No file of the data sets unpacks to more than some 10 MB. */
const LARGEST_INFLATED_BYTES = 256 * 1024 * 1024;

type Reader = (view: DataView, at: number, little: boolean) => number;
const NUMBERS = new Map<number, { bytes: number; read: Reader }>([
  [1, { bytes: 1, read: (view, at) => view.getInt8(at) }],
  [2, { bytes: 1, read: (view, at) => view.getUint8(at) }],
  [3, { bytes: 2, read: (view, at, little) => view.getInt16(at, little) }],
  [4, { bytes: 2, read: (view, at, little) => view.getUint16(at, little) }],
  [5, { bytes: 4, read: (view, at, little) => view.getInt32(at, little) }],
  [6, { bytes: 4, read: (view, at, little) => view.getUint32(at, little) }],
  [7, { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) }],
  [9, { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) }],
  [12, { bytes: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) }],
  [13, { bytes: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) }],
]);

interface Element {
  type: number;
  data: DataView;
  /** Where the next element begins. */
  next: number;
}

/**
 * The real numeric matrices of a MATLAB Level 5 MAT-file by name; cells, structures, texts and complex matrices are left
 * out. Throws an Error on anything that is not such a file.
 */
export function readMatFile(bytes: Uint8Array): Map<string, Matrix> {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES) throw new Error('not a MAT-file: shorter than its header');
  // the word 0x4D49 ("MI") reads "IM" in a file of the other byte order
  const mark = file.getUint16(HEADER_BYTES - 2, true);
  if (mark !== 0x4d49 && mark !== 0x494d) throw new Error('not a Level 5 MAT-file');
  const little = mark === 0x4d49;
  const matrices = new Map<string, Matrix>();
  for (const element of elementsOf(file, HEADER_BYTES, little)) {
    const found = matrixOf(element, little);
    if (found !== null) matrices.set(found.name, found.matrix);
  }
  return matrices;
}

function* elementsOf(view: DataView, from: number, little: boolean): Generator<Element> {
  for (let at = from; at + 8 <= view.byteLength;) {
    const element = elementAt(view, at, little);
    yield element;
    at = element.next;
  }
}

function elementAt(view: DataView, at: number, little: boolean): Element {
  if (at + 8 > view.byteLength) throw new Error('the MAT-file ends in the middle of an element');
  const word = view.getUint32(at, little);
  // up to 4 bytes of data fit into the tag itself, with their number in its upper half
  const small = word >>> 16;
  const type = small > 0 ? word & 0xffff : word;
  const size = small > 0 ? small : view.getUint32(at + 4, little);
  const start = small > 0 ? at + 4 : at + 8;
  if (start + size > view.byteLength || small > 4) {
    throw new Error('the MAT-file ends in the middle of an element');
  }
  // elements are padded to 8 bytes, compressed ones are not
  const end = type === MI_COMPRESSED ? start + size : at + Math.ceil((start + size - at) / 8) * 8;
  return { type, data: new DataView(view.buffer, view.byteOffset + start, size), next: end };
}

function matrixOf(element: Element, little: boolean): { name: string; matrix: Matrix } | null {
  if (element.type === MI_COMPRESSED) {
    const { buffer, byteOffset, byteLength } = element.data;
    const inflated = inflateSync(new Uint8Array(buffer, byteOffset, byteLength), {
      maxOutputLength: LARGEST_INFLATED_BYTES,
    });
    const inner = new DataView(inflated.buffer, inflated.byteOffset, inflated.byteLength);
    return matrixOf(elementAt(inner, 0, little), little);
  }
  if (element.type !== MI_MATRIX) return null;
  const [flags, dimensions, name, real] = [...elementsOf(element.data, 0, little)];
  if (flags === undefined || dimensions === undefined || name === undefined) {
    throw new Error('a matrix of the MAT-file lacks its flags, size or name');
  }
  const word = flags.data.getUint32(0, little);
  const kind = word & 0xff;
  const numeric = kind >= FIRST_NUMERIC_CLASS && kind <= LAST_NUMERIC_CLASS;
  const size = numbersOf(dimensions, little);
  if (!numeric || (word & COMPLEX_FLAG) !== 0 || size.length !== 2 || real === undefined)
    return null;
  const [rows, columns] = [size[0]!, size[1]!];
  const values = numbersOf(real, little);
  if (values.length !== rows * columns)
    throw new Error('a matrix of the MAT-file has a wrong size');
  return { name: new TextDecoder('latin1').decode(name.data), matrix: { rows, columns, values } };
}

function numbersOf(element: Element, little: boolean): Float64Array {
  const number = NUMBERS.get(element.type);
  if (number === undefined) throw new Error(`the MAT-file holds numbers of type ${element.type}`);
  const values = new Float64Array(Math.floor(element.data.byteLength / number.bytes));
  for (let i = 0; i < values.length; i++) {
    values[i] = number.read(element.data, i * number.bytes, little);
  }
  return values;
}

/** One row of a matrix. */
export function rowOf(matrix: Matrix, row: number): Float64Array {
  return Float64Array.from(
    { length: matrix.columns },
    (_, column) => matrix.values[column * matrix.rows + row]!,
  );
}
