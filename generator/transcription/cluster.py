"""The workers of a Dask cluster as listeners. They need Casebook, the same engine, and the weights at the same path.

A window travels to a worker as its samples (6 MB) and comes back as words. A worker that goes away loses nothing: the
scheduler gives its windows to the others.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

from generator.transcription import worker
from generator.transcription.values import EngineSettings, Heard, Samples, TranscriptionError

WAITING_EACH: Final = 2
"""Windows on their way for each worker: one is heard while the next one travels."""
CONNECT_S: Final = 10.0
PATIENCE_S: Final = 30.0
"""How long a cluster may be without workers, as it is while they are started anew."""
LOOK_S: Final = 2.0
"""How often the workers are counted."""
RETRIES: Final = 2
"""A window that fails for a passing reason, such as a GPU's memory in use by someone else, is tried again so often."""
HAVE_TO_AGREE: Final = ("dask", "distributed")
"""Packages that speak to each other over the network and promise nothing between versions."""
LOGGERS: Final = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application")


class Cluster:
    """Workers behind a scheduler such as `tcp://gpu-box:8786`.

    Connects when it is made, and quiets the logging of Dask in this process. Raises TranscriptionError when the
    scheduler cannot be reached, has no workers or runs another version.
    """

    def __init__(self, scheduler: str, *, patience_s: float = PATIENCE_S) -> None:
        self._scheduler = scheduler
        self._patience_s = patience_s
        try:
            import distributed  # noqa: PLC0415 - an extra, and slow to load
        except ImportError as error:
            raise TranscriptionError(
                "--scheduler needs the package distributed - nothing was transcribed - "
                "run: pip install 'casebook[cluster]'"
            ) from error
        self._dask: Any = distributed
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in our words
        self._client = self._connect()
        self._workers = 0
        self._looked_s = self._seen_s = time.monotonic()
        try:
            self._client.wait_for_workers(1, timeout=patience_s)
            differing = differences(self._client.get_versions())
        except TimeoutError as error:
            self.close()
            raise self._nobody() from error
        except OSError as error:
            self.close()
            raise self._gone(error) from error
        if differing:
            self.close()
            raise TranscriptionError(
                "the cluster at {scheduler} runs other versions ({differing}) - nothing was transcribed - "
                "install the same ones here and there",
                scheduler=scheduler,
                differing=differing,
            )
        self._look()

    def room(self) -> int:
        """Two windows a worker; workers may come and go."""
        if time.monotonic() - self._looked_s > LOOK_S:
            self._look()
        return WAITING_EACH * max(self._workers, 1)

    def send(self, settings: EngineSettings, samples: Samples) -> Any:
        """A future of the cluster."""
        return self._client.submit(listen_on_worker, settings, samples, pure=False, retries=RETRIES)

    def fetch(self, future: Any) -> Heard:
        """What a worker heard. Raises TranscriptionError."""
        while True:
            try:
                found = future.result(timeout=LOOK_S)
                break
            except self._dask.KilledWorker as error:
                raise TranscriptionError(
                    "workers of {scheduler} died one after another over the same window, as happens when memory runs "
                    "out - this recording is not transcribed; what was heard so far is kept - give them more memory or "
                    "a smaller model",
                    scheduler=self._scheduler,
                ) from error
            except Exception as error:
                if future.status == "error":  # whatever the worker could not do, down to not finding this module
                    raise TranscriptionError(
                        "a worker of {scheduler} failed ({reason}) - this recording is not transcribed; what was heard "
                        "so far is kept - see that the same casebook is installed on every worker",
                        scheduler=self._scheduler,
                        reason=_in_a_line(error),
                    ) from error
                if not isinstance(error, TimeoutError):
                    raise self._gone(error) from error
                self.check()  # its worker died before the words were fetched, and it is heard once more
        if isinstance(found, TranscriptionError):
            raise found
        heard: Heard = found
        return heard

    def check(self) -> None:
        """Raise TranscriptionError when the scheduler is gone, or the workers have been for `PATIENCE_S`."""
        self._look()
        if time.monotonic() - self._seen_s > self._patience_s:
            raise self._nobody()

    def close(self) -> None:
        """Give up what is not heard yet, and leave the cluster as it was."""
        self._client.close(timeout=CONNECT_S)

    def _connect(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions that differ are told below
            try:
                return self._dask.Client(self._scheduler, timeout=CONNECT_S, set_as_default=False, name="casebook")
            except (OSError, ValueError, ImportError) as error:  # no such host, no such protocol, no package for it
                raise TranscriptionError(
                    "no Dask scheduler answers at {scheduler} ({reason}) - nothing was transcribed - "
                    "check the address, and that it runs: dask scheduler",
                    scheduler=self._scheduler,
                    reason=_in_a_line(error),
                ) from error

    def _look(self) -> None:
        try:
            self._workers = len(self._client.nthreads())
        except OSError as error:
            raise self._gone(error) from error
        self._looked_s = time.monotonic()
        if self._workers:
            self._seen_s = self._looked_s

    def _nobody(self) -> TranscriptionError:
        return TranscriptionError(
            "the cluster at {scheduler} has no workers - nothing more is heard; what was heard so far is kept - "
            "start some: dask worker {scheduler}",
            scheduler=self._scheduler,
        )

    def _gone(self, error: BaseException) -> TranscriptionError:
        return TranscriptionError(
            "the scheduler at {scheduler} went away ({reason}) - this recording is not transcribed - "
            "run the same command again once it is back: what was heard so far is kept",
            scheduler=self._scheduler,
            reason=_in_a_line(error),
        )


def listen_on_worker(settings: EngineSettings, samples: Samples) -> Heard | TranscriptionError:
    """Runs on a worker: what its engine hears, on as many cores as the worker has threads.

    What will not change by trying again is given back instead of raised.
    """
    from distributed import get_worker  # noqa: PLC0415 - only workers have it

    here = get_worker()
    try:
        installed = version(settings.engine)
        if installed != settings.version:
            raise TranscriptionError(
                "{engine} {installed}, but this run began with {version} - two versions would be "
                "mixed in one transcript - install the same one on every machine, or start again",
                engine=settings.engine,
                installed=installed,
                version=settings.version,
            )
        return worker.listen(settings, samples, here.state.nthreads)
    except (TranscriptionError, ModuleNotFoundError) as error:
        return TranscriptionError("worker {worker}: {reason}", worker=here.address, reason=error)


def differences(versions: Mapping[str, Any]) -> str:
    """What of `HAVE_TO_AGREE` differs between here, scheduler and workers, as `Client.get_versions` gives it.

    `distributed: 2026.8.0 here, 2025.9.1 at tcp://10.0.0.5:40001`, or nothing.
    """
    here = versions["client"]["packages"]
    elsewhere = {"the scheduler": versions["scheduler"], **versions["workers"]}
    return "; ".join(
        f"{package}: {here[package]} here, {facts['packages'][package]} at {place}"
        for package in HAVE_TO_AGREE
        for place, facts in elsewhere.items()
        if facts["packages"][package] != here[package]
    )


def _in_a_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
