"""What Alembic runs: the migrations, on the connection that `upgrade.run` is given."""

from alembic import context

from bot.store.partial import whole

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
