from celery import shared_task

from publications import import_runs, uploading


@shared_task(name=import_runs.TASK)
def work_on_imports() -> None:
    import_runs.work()


@shared_task
def forget_imports() -> None:
    import_runs.forget_old()


@shared_task
def remove_forgotten_drafts() -> None:
    uploading.remove_forgotten_drafts()
