namespace Laurel.Client;

/// <summary>
/// Follows a part of a board over one connection after another. A transport whose connection brought nothing makes room for the next one,
/// since a proxy may hold streams back, or know no WebSockets. Nothing is read ahead: a slow caller is told of what it missed as one step.
/// </summary>
internal sealed class LiveFollower : IDisposable
{
    // The server of a stream says something every 15 s; on a socket it is asked to.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(20);

    private readonly LaurelClientOptions _options;
    private readonly LiveQuery _query;
    private readonly string _path;
    private readonly Func<CancellationToken, Task> _probe;
    private readonly LiveState _state;
    private ILiveConnection? _connection;
    private Backoff _backoff;
    private string? _lastId;
    private int _transport;
    private bool _isSilent;

    /// <param name="options">The client's.</param>
    /// <param name="query">Which part.</param>
    /// <param name="path">The board's path.</param>
    /// <param name="probe">Asks for a page once, to find out what is the matter.</param>
    public LiveFollower(LaurelClientOptions options, LiveQuery query, string path, Func<CancellationToken, Task> probe)
    {
        (_options, _query, _path, _probe) = (options, query, path, probe);
        _state = new LiveState(query);
        _backoff = new Backoff(options.Clock, null);
    }

    /// <summary>Waits for the next update, however often the connection breaks meanwhile.</summary>
    /// <exception cref="LaurelException">The board may not be followed, or not any more.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<LiveUpdate> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                _connection ??= await ConnectAsync(cancellation);
                if (await ReceiveAsync(_connection, cancellation) is not { } message)
                    throw new LaurelTransportException("The server ended the connection.");
                if (Take(message) is { } update)
                    return update;
            }
            catch (Exception exception) when (exception is LaurelTransportException or FormatException)
            {
                await RecoverAsync(cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection?.Dispose();

    private async Task<ILiveConnection> ConnectAsync(CancellationToken cancellation)
    {
        _isSilent = true;
        var transport = _options.Live[_transport % _options.Live.Count];
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connecting = transport.ConnectAsync(new LiveRequest(_options, _path, _query, _lastId), giveUp.Token);
        if (await EndsWithinAsync(connecting, Answer, cancellation))
            return await connecting;
        giveUp.Cancel();
        DropLater(connecting);
        throw new LaurelTransportException("The server does not answer.");
    }

    private LiveUpdate? Take(LiveMessage message)
    {
        if (_isSilent)
        {
            _isSilent = false;
            _backoff = new Backoff(_options.Clock, null);
            _query.ConnectionChanged?.Invoke(true);
        }

        if (message.Text.Length == 0)
            return null;
        var json = LaurelJson.Parse(message.Text);
        if (json.Text("type") == "error")
            ThrowIfFinal(json.Text("code") ?? "", json.Text("message") ?? "");
        var update = _state.Apply(json);
        _lastId = message.Id ?? _lastId;
        return update;
    }

    private async Task RecoverAsync(CancellationToken cancellation)
    {
        _connection?.Dispose();
        _connection = null;
        if (_isSilent)
        {
            _transport++;
            await FindReasonAsync(cancellation);
        }
        else
        {
            _query.ConnectionChanged?.Invoke(false);
        }

        _isSilent = true;
        await _options.Clock.Delay(_backoff.AfterFailure(null)!.Value, cancellation);
    }

    /// <summary>A connection that was refused does not say why; a request does.</summary>
    private async Task FindReasonAsync(CancellationToken cancellation)
    {
        try
        {
            await _probe(cancellation);
        }
        catch (LaurelException exception) when (exception is LaurelUnavailableException or LaurelRateLimitedException || exception.Status == 0)
        {
            // That passes.
        }
    }

    /// <summary>The server ends the stream with what it has to say; some of that is no reason to stay away.</summary>
    private static void ThrowIfFinal(string code, string message)
    {
        throw code switch
        {
            "UNAUTHORIZED" => new LaurelUnauthorizedException(401, code, message),
            "NOT_FOUND" => new LaurelNotFoundException(404, code, message),
            "VALIDATION_ERROR" => new LaurelInvalidRequestException(400, code, message, []),
            _ => new LaurelTransportException(message),
        };
    }

    /// <summary>The next message; a connection that stays silent, also when it is asked, is taken for broken.</summary>
    private async Task<LiveMessage?> ReceiveAsync(ILiveConnection connection, CancellationToken cancellation)
    {
        var receiving = connection.ReceiveAsync(cancellation);
        if (!await EndsWithinAsync(receiving, _isSilent ? Answer : Silence, cancellation))
        {
            if (!_isSilent)
                await connection.ProbeAsync(cancellation);
            if (_isSilent || !await EndsWithinAsync(receiving, Answer, cancellation))
            {
                connection.Dispose();
                DropLater(receiving);
                throw new LaurelTransportException("The server is silent.");
            }
        }

        return await receiving;
    }

    /// <summary>Nobody waits for it any more.</summary>
    private static async void DropLater(Task task)
    {
        try
        {
            await task;
            (task as Task<ILiveConnection>)?.Result.Dispose();
        }
        catch (Exception exception) when (exception is LaurelTransportException or OperationCanceledException)
        {
            // As was to be expected.
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan time, CancellationToken cancellation)
    {
        if (task.IsCompleted)
            return true;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delay = _options.Clock.Delay(time, over.Token);
        var first = await Task.WhenAny(task, delay);
        cancellation.ThrowIfCancellationRequested();
        over.Cancel();
        return first == task;
    }
}
