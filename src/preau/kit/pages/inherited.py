"""`{% extends %}` and `{% block %}` of Django, what they look for found once per process: every page extends
kit/base.html, whose twenty blocks are mostly words or nothing."""

from django.template import Engine
from django.template.base import TextNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.utils.functional import cached_property
from django.utils.safestring import SafeString


class OnceExtendsNode(ExtendsNode):
    """The parent is named in the template: it and its blocks are looked up once."""

    @cached_property
    def parent(self):
        return Engine.get_default().get_template(self.parent_name.var)

    @cached_property
    def blocks_of_root(self):
        """Those of the parent, when it extends nothing itself."""
        first = next((node for node in self.parent.nodelist if not isinstance(node, TextNode)), None)
        if isinstance(first, ExtendsNode):
            return {}
        return {node.name: node for node in self.parent.nodelist.get_nodes_by_type(BlockNode)}

    @cached_property
    def alone(self):
        """The blocks of a page that no other extends, as Django stacks them."""
        found = BlockContext()
        found.add_blocks(self.blocks)
        found.add_blocks(self.blocks_of_root)
        return found.blocks

    def render(self, context):
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        if blocks is None:
            blocks = context.render_context[BLOCK_CONTEXT_KEY] = BlockContext()
            blocks.blocks.update((name, [*nodes]) for name, nodes in self.alone.items())
        else:
            blocks.add_blocks(self.blocks)
            blocks.add_blocks(self.blocks_of_root)
        with context.render_context.push_state(self.parent, isolated_context=False):
            return self.parent._render(context)


class WordsBlockNode(BlockNode):
    """A block in which a page puts words only, or nothing, is written as it stands."""

    @cached_property
    def words(self):
        is_written = all(type(node) is TextNode for node in self.nodelist)
        return SafeString("".join(node.s for node in self.nodelist)) if is_written else None

    def render(self, context):
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        last = blocks and blocks.get_block(self.name) or self
        return super().render(context) if last.words is None else last.words
