namespace Laurel.Bench.Macro;

/// <summary>Shows on standard error what a run is doing: a line per step, and how far the long ones are.</summary>
internal sealed class Screen(TimeProvider clock)
{
    private const int LinesPerStep = 5;

    private readonly TextWriter _output = Console.Error;
    private readonly bool _live = !Console.IsErrorRedirected;
    private readonly long _startedAt = clock.GetTimestamp();
    private long _shown;

    /// <summary>Begins a step.</summary>
    public void Begin(string step)
    {
        EndLine();
        _shown = 0;
        _output.WriteLine($"[{clock.GetElapsedTime(_startedAt):mm\\:ss}] {step}");
    }

    /// <summary>Says how far the present step is.</summary>
    /// <param name="done">0 to <paramref name="total"/>.</param>
    /// <param name="total">When it is done.</param>
    public void Progress(long done, long total)
    {
        if (_live)
        {
            _output.Write($"\r        {Figures.Whole(done)} of {Figures.Whole(total)} ({100 * done / total} %) ");
            _shown = done;
        }
        else if (done - _shown >= total / LinesPerStep)
        {
            _output.WriteLine($"        {100 * done / total} %");
            _shown = done;
        }
    }

    /// <summary>Leaves the cursor at a line's beginning.</summary>
    public void EndLine()
    {
        if (_live && _shown > 0)
            _output.WriteLine();
        _shown = 0;
    }
}
