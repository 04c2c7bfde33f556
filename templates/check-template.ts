/** What a template may not hold, and what it may not lack, before it is compiled. */
import Handlebars from 'handlebars';
import { BrokenFileError } from './broken-file.ts';

type Including = hbs.AST.PartialStatement | hbs.AST.PartialBlockStatement;
type Calling = hbs.AST.MustacheStatement | hbs.AST.BlockStatement | hbs.AST.SubExpression;

export interface Known {
  helpers: readonly string[];
  /** The names of all templates that can be included. */
  partials: ReadonlySet<string>;
}

const nameOf = (node: object): string => (node as hbs.AST.PathExpression).original;

/**
 * Throws a BrokenFileError with the line for a helper or a partial that is not there, and for triple braces: nothing gets
 * into HTML unescaped.
 */
export function checkTemplate(tree: hbs.AST.Program, file: string, known: Known): void {
  new Checker(file, known).accept(tree);
}

const hasHash = ({ hash }: { hash?: hbs.AST.Hash | undefined }): boolean => hash !== undefined;

class Checker extends Handlebars.Visitor {
  readonly #file: string;
  readonly #known: Known;
  constructor(file: string, known: Known) {
    super();
    this.#file = file;
    this.#known = known;
  }

  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    if (!node.escaped) this.#refuse(node, 'triple braces would insert text unescaped');
    this.#checkHelper(node);
    super.MustacheStatement(node);
  }

  override BlockStatement(node: hbs.AST.BlockStatement): void {
    this.#checkHelper(node);
    super.BlockStatement(node);
  }

  override SubExpression(node: hbs.AST.SubExpression): void {
    this.#checkHelper(node);
    super.SubExpression(node);
  }

  override PartialStatement(node: hbs.AST.PartialStatement): void {
    this.#checkPartial(node);
    super.PartialStatement(node);
  }

  override PartialBlockStatement(node: hbs.AST.PartialBlockStatement): void {
    this.#checkPartial(node);
    super.PartialBlockStatement(node);
  }

  #checkHelper(node: Calling): void {
    const name = nameOf(node.path);
    // A hash alone makes a call too, in the eyes of handlebars; of a plain `{{name}}` the parser leaves it out.
    const isCall = node.params.length > 0 || hasHash(node) || node.type !== 'MustacheStatement';
    if (isCall && !this.#known.helpers.includes(name)) this.#refuse(node, `there is no helper ${name}`);
  }

  #checkPartial(node: Including): void {
    const name = nameOf(node.name);
    if (name !== '@partial-block' && !this.#known.partials.has(name))
      this.#refuse(node, `there is no template ${name} to include`);
    if (node.params.length > 1) this.#refuse(node, `a template to include takes one value: ${name} gets more`);
  }

  #refuse(node: hbs.AST.Node, message: string): never {
    throw new BrokenFileError(this.#file, node.loc.start.line, message);
  }
}
