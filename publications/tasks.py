from celery import shared_task

from publications import import_runs


@shared_task
def work_on_imports() -> None:
    import_runs.work()


@shared_task
def forget_imports() -> None:
    import_runs.forget_old()
