namespace Mesh.Dialplan.Calls;

/// <summary>Takes the record of every call that is over.</summary>
public interface ICdrSink
{
    void Write(CallRecord record);
}
